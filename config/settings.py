"""Settings of every profile. The environment chooses; nothing set means the embedded default.

| variable         | meaning                                             | default                      |
|------------------|-----------------------------------------------------|------------------------------|
| RESPITE_ORIGIN   | the public address, scheme and host, no end slash   | http://127.0.0.1:8000        |
| RESPITE_DATA     | folder for database, media, collected files, keys   | .data beside this project    |
| SECRET_KEY       | signing key; must be set with DATABASE_URL          | made on the first run        |
| DATABASE_URL     | PostgreSQL                                          | SQLite in RESPITE_DATA       |
| REDIS_URL        | cache and throttles                                 | this process's memory        |
| CACHE_PREFIX     | keeps installations apart that share a Redis        | respite                      |
| TASKS            | `immediate`, or `database` with `manage.py db_worker` | immediate                  |
| MEDIA_BUCKET     | S3 bucket for media                                 | RESPITE_DATA/media           |
| EVIDENCE_BUCKET  | S3 bucket, closed to everybody, for what specialists show us | RESPITE_DATA/evidence |
| EMAIL_URL, DEFAULT_FROM_EMAIL | outgoing mail                          | printed to the console       |
| PRIVACY_CONTACT     | where anybody writes about their data               | privacy@ the origin's host   |
| CROSSREF_URL     | where DOIs are looked up                            | https://api.crossref.org     |
| CROSSREF_CONTACT | an address Crossref may write to about our requests | none                         |
| SEALING_KEYS     | what secrets in the database are sealed with, the newest first | made of SECRET_KEY  |
| VAPID_PRIVATE_KEY | by which devices are told of news; in production none, and so nobody, unless it is set | made on the first run |
| PUSH_SERVICES    | names of the push services that may be asked, with all below them | those of the known browsers |
| STAFF_SECOND_FACTOR | editors need a second factor                     | true, except on this machine's own address |
| TRUSTED_PROXIES  | proxies in front, each adding to X-Forwarded-For    | 0                            |
| RETIRE_WORKER    | take the worker off every phone that asks for it    | false                        |
| PSEUDO_LANGUAGE  | offer a made-up language from right to left at /xb/ | false                        |
| DEBUG            | Django's debug pages; never in production           | false                        |
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env

from config.pseudo import PSEUDO_LANGUAGE, make_pseudo_catalogue
from config.secrets import development_key, development_push_key

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR: Path = env.path("RESPITE_DATA", BASE_DIR / ".data")
DATA_DIR.mkdir(parents=True, exist_ok=True)

ORIGIN: str = env.str("RESPITE_ORIGIN", f"http://127.0.0.1:{env.int('PORT', 8000)}").rstrip("/")
SECURE = ORIGIN.startswith("https://")
DEBUG = env.bool("DEBUG", False)
PRODUCTION = bool(env.str("DATABASE_URL", ""))
SECRET_KEY: str = env.str("SECRET_KEY") if PRODUCTION else env.str("SECRET_KEY", "") or development_key(DATA_DIR)

ALLOWED_HOSTS = [urlsplit(ORIGIN).hostname or "localhost", *env.list("ALLOWED_HOSTS", [])]
if not SECURE:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ORIGIN]
# Whose address throttles count by: of X-Forwarded-For only what proxies of ours have written is believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"

INSTALLED_APPS = [
    # Ours come first, so that their commands and templates stand over those of the same name.
    "config",
    "pwa",
    "api.library",
    "api.v1",
    "cms.publishing",
    "cms.people",
    "cms.pictures",
    "cms.references",
    "cms.imports",
    "cms.articles",
    "cms.specialists",
    "cms.questions",
    "cms.consultations",
    "cms.correspondence",
    "cms.notifications",
    "cms.banners",
    "cms.helplines",
    "cms.review",
    "cms.promotions",
    "cms.pages",
    "cms.guide",
    "cms.demo",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.locales",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.security.PolicyMiddleware",
    "pwa.middleware.ReaderHeadersMiddleware",
    "pwa.middleware.LanguageMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cms.people.second_factor.SecondFactorMiddleware",
    "cms.review.gate.DraftGateMiddleware",
    "cms.review.outcome.OutcomeMiddleware",
    # Innermost, so that a view and everything it loads stands inside the lock.
    "cms.publishing.middleware.OneWriterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# ---- Database, cache, tasks -------------------------------------------------------------------

if PRODUCTION:
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", conn_max_age=60, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "respite.sqlite3",
            # To open the file and set its pragmas anew for every request cost six times what a read does.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A writer takes the file's lock when it begins: a reader that became a writer
                # half-way could not wait and would fail with "database is locked".
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
            },
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},
        }
    }

if redis_url := env.str("REDIS_URL", ""):
    CACHES = {
        "default": {
            "BACKEND": "django_redis.cache.RedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": env.str("CACHE_PREFIX", "respite"),
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASK_BACKENDS = {
    "immediate": "config.tasks.AtOnceBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
TASKS = {"default": {"BACKEND": TASK_BACKENDS[env.str("TASKS", "immediate")]}}

# ---- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.staticfiles.KeptManifestStorage"},
}
if bucket := env.str("MEDIA_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("MEDIA_ENDPOINT", None),
            "custom_domain": urlsplit(ORIGIN).netloc + "/media",
            "object_parameters": {"CacheControl": "public, max-age=31536000, s-maxage=60, immutable"},
        },
    }
# What specialists show to moderators: no address leads there, and no proxy.
STORAGES["evidence"] = {
    "BACKEND": "cms.specialists.storage.ClosedStorage",
    "OPTIONS": {"location": DATA_DIR / "evidence", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
}
if bucket := env.str("EVIDENCE_BUCKET", ""):
    STORAGES["evidence"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("MEDIA_ENDPOINT", None),
            "default_acl": "private",
            "querystring_auth": True,
        },
    }
WHITENOISE_MAX_AGE = 60
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else loads our files, and each is lighter by a header
# Django's hash in a name, or that of the client's build (config/staticfiles.py).
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.\w+$|/pwa/chunks/[^/]+\.[0-9A-Za-z]{8}\.js$"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# ---- Language and time ------------------------------------------------------------------------

# Each by its own name, as a reader looks for it. The first has no part in addresses, the others begin with /de/.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LANGUAGES_BIDI = ["ar", "fa", "he", "ur"]
LOCALE_PATHS = [BASE_DIR / "pwa" / "locale", BASE_DIR / "cms" / "locale"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("de", "Deutsch")]
if env.bool("PSEUDO_LANGUAGE", False):
    # A made-up language, longer than English and written from right to left, to see what a layout is worth.
    LANGUAGES.append((PSEUDO_LANGUAGE, "⁧Pseudo⁩"))
    LANGUAGES_BIDI.append(PSEUDO_LANGUAGE)
    LOCALE_PATHS.append(make_pseudo_catalogue(LOCALE_PATHS[0] / "de", DATA_DIR / "locale"))
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ---- Accounts ---------------------------------------------------------------------------------

# One alone: it is Django's own as well, and a second would hash every wrong password again.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/accounts/"
ACCOUNT_ADAPTER = "cms.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {"signup": "cms.people.forms.SignupForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# A code is typed where somebody was; a link would open another window, often in another browser.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# Failed log-ins of one network are counted in the adapter, where nothing empties the count.
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "cms.people.adapters.SecondFactorAdapter"
MFA_FORMS = {"add_webauthn": "cms.people.forms.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Else a key that was stolen could log in without its PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Browsers themselves take a passkey over http from nobody but localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", ALLOWED_HOSTS[0] not in {"127.0.0.1", "localhost", "::1"})
SEALING_KEYS: list[str] = env.list("SEALING_KEYS", [])
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if email_url := env.str("EMAIL_URL", ""):
    globals().update(env.dj_email_url("EMAIL_URL"))
# The admin's messages wait for the commit and go by a task; from there, and for all others, this is the way.
MAIL_BACKEND, EMAIL_BACKEND = EMAIL_BACKEND, "cms.review.mail.AfterCommitBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"Respite <respite@{urlsplit(ORIGIN).hostname}>")

# What one account may send: far more than anybody needs, and too little to trouble many.
MESSAGES_AT_MOST = {"threads a day": 10, "messages an hour": 60, "reports a day": 20}
# Where anybody writes about their data, with or without an account.
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", f"privacy@{urlsplit(ORIGIN).hostname}")

# ---- Push: the server asks the push services of browsers, and nobody else -----------------------

VAPID_PRIVATE_KEY: str = env.str("VAPID_PRIVATE_KEY", "") or ("" if PRODUCTION else development_push_key(DATA_DIR))
PUSH_SERVICES: list[str] = env.list(
    "PUSH_SERVICES",
    ["fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com"],
)
# What tests put in place of push services, on this machine. Nothing in the environment can.
PUSH_STAND_IN = ""

# ---- Wagtail ----------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Respite"
WAGTAILADMIN_BASE_URL = ORIGIN
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # the groups review; administrators need not hear of each
# The account pages have their own, with limits, with a second look at who it is, and with an address that is verified.
WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_APPEND_SLASH = True
# The library itself leads on from where a thing once stood; these are the editors' own.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # the bucket itself asks nobody who they are
WAGTAIL_PRIVATE_PAGE_OPTIONS = WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# Words as they are: PostgreSQL would else choose endings by the language its cluster was made in, and SQLite none.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "link", "ol", "ul"]},
    }
}

# ---- What cms needs from above, by name (loaded by cms.publishing.hooks) -----------------------

RESPITE_PREVIEW = "pwa.preview.respond"
# The guide in the admin is the documentation itself.
RESPITE_DOCS = BASE_DIR / "docs"

# What editors' forms are filled from; editors alone cause requests to it.
CROSSREF_URL: str = env.str("CROSSREF_URL", "https://api.crossref.org").rstrip("/")
CROSSREF_CONTACT: str = env.str("CROSSREF_CONTACT", "")

# A worker that must go: /sw.js then answers with one that takes itself and its stores down.
RETIRE_WORKER = env.bool("RETIRE_WORKER", False)

# ---- API --------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.v1.problems.respond",
    "NUM_PROXIES": TRUSTED_PROXIES,
}
SPECTACULAR_SETTINGS = {
    # It would look at the admin's own API; ours is held to its document by the tests.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "TITLE": "The API of Respite",
    "DESCRIPTION": "Everything that Respite publishes, as JSON: the same for everybody, and all that its own app lives on.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "APPEND_COMPONENTS": {
        "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "sessionid"}},
    },
    # Choices stay where they are used: there is no good name for what a "type" or a "kind" may be.
    "POSTPROCESSING_HOOKS": [],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# ---- Security ---------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin frames its own previews
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # the admin frames its own previews, so SAMEORIGIN it is
    "security.W021",  # preloading binds a whole domain: that is its owner's to decide, not ours
]

READER_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
# Wagtail's admin writes inline styles and a few inline scripts, and frames its previews.
ADMIN_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": READER_POLICY}

# ---- Logging: what happened, never to whom ----------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
}
