"""Who may do what at every address outside the admin: a row for each, and none without.

A row gives for each method who gets through, by the letters of :data:`tests.permissions.stage.ROLES`; to get through is to be
answered, also that something is missing in what was sent. A method that is not named is answered by 405 (or for
nobody by the gate). ``things`` names what an address is about: whoever may not get through meets the same bytes as
for something that is not there; nobody meets the gate.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

EVERYBODY = "NRXEMAVST"
ANYBODY = "RXEMAVST"  # who is logged in
MINE = "R"
BOTH = "RS"  # the reader, and the specialist who was asked
SPECIALISTS = "STVRX"  # who has a profile, whether or not it is verified

Methods = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """What may be done at an address: ``path`` is one, with the names of things in braces."""

    path: str
    may: Methods
    #: Whether everybody meets the same bytes.
    same: bool = False
    #: Why an address is not walked, where it cannot be.
    not_walked: str = ""
    more: dict[str, str] = field(default_factory=dict)


def public(path: str = "") -> Row:
    """Read by everybody, the same bytes for all."""
    return Row(path, {"GET": EVERYBODY}, same=True)


def own(path: str = "", methods: str = "GET") -> Row:
    """Whoever is logged in, about themselves."""
    return Row(path, dict.fromkeys(methods.split(), ANYBODY))


def mine(path: str, methods: str = "GET") -> Row:
    """About a thing of the reader's."""
    return Row(path, dict.fromkeys(methods.split(), MINE))


def both(path: str, methods: str = "GET") -> Row:
    """About a consultation of the reader's with the specialist."""
    return Row(path, dict.fromkeys(methods.split(), BOTH))


def specialists(methods: str = "GET") -> Row:
    """About a specialist's own profile, whoever has one."""
    return Row("", dict.fromkeys(methods.split(), SPECIALISTS))


ALLAUTH = "django-allauth's own, about whoever is logged in: tests/pwa/test_account.py and test_sign_up.py"
MEDIA = "who may see a picture is in tests/cms/review and tests/pwa/test_media.py"

TABLE: dict[str, Row] = {
    "healthz": public(),
    "documents/^(\\d+)/(.*)$": Row("", {}, not_walked=MEDIA),
    "documents/authenticate_with_password/<int:restriction_id>/": Row("", {}, not_walked=MEDIA),
    "media/<path:name>": Row("", {}, not_walked=MEDIA),
    # Accounts
    "accounts/": own(),
    "accounts/sessions/": own(methods="GET POST"),
    "accounts/export/": own(methods="GET POST"),
    "accounts/delete/": own(methods="GET POST"),
    "accounts/^export/respite-account\\.(?P<form>json|html)$": Row("", {}, not_walked=ALLAUTH),
    "accounts/deleted/": Row("", {"GET": EVERYBODY}),
    # The API's public side
    "api/v1/articles/": public(),
    "api/v1/articles/<str:slug>/": public("api/v1/articles/sleep/"),
    "api/v1/articles/<str:slug>/references.<extension:extension>": public("api/v1/articles/sleep/references.bib"),
    "api/v1/references.<extension:extension>": Row("", {}, not_walked="wants ids: tests/api/v1/test_exports.py"),
    "api/v1/references/<uuid:id>.<extension:extension>": public("api/v1/references/{reference}.bib"),
    "api/v1/references/": public(),
    "api/v1/references/<uuid:id>/": public("api/v1/references/{reference}/"),
    "api/v1/banners/": public(),
    "api/v1/banners/counts/": Row("", {"POST": EVERYBODY}, same=True),
    "api/v1/helplines/": public(),
    "api/v1/topics/": public(),
    "api/v1/topics/<str:slug>/": public("api/v1/topics/sleep/"),
    "api/v1/people/<str:slug>/": public("api/v1/people/ana-writer/"),
    "api/v1/specialists/": public(),
    "api/v1/specialists/<str:slug>/": public("api/v1/specialists/mara-tester/"),
    "api/v1/search/": public("api/v1/search/?q=sleep"),
    "api/v1/search/suggestions/": public("api/v1/search/suggestions/?q=sl"),
    "api/v1/library/changes/": public(),
    "api/v1/session/": Row("", {"GET": EVERYBODY}),
    "api/v1/schema/": public(),
    "api/v1/docs/": public(),
    # Messages
    "api/v1/contact/": own(methods="POST"),
    "api/v1/messages/": own(methods="GET POST"),
    "api/v1/messages/<uuid:id>/": mine("api/v1/messages/{thread}/", "GET DELETE"),
    "api/v1/messages/<uuid:id>/read/": mine("api/v1/messages/{thread}/read/", "POST"),
    "api/v1/messages/<uuid:id>/block/": mine("api/v1/messages/{thread}/block/", "POST DELETE"),
    # Whose message it is stands in what is sent: tests/api/v1/test_correspondence.py
    "api/v1/reports/": own(methods="POST"),
    "specialists/<slug:slug>/write/": public("specialists/mara-tester/write/"),
    "own/contact/": own(methods="GET POST"),
    # Everybody may write, but nobody to themselves.
    "own/messages/to/<slug:slug>/": Row(
        "own/messages/to/{specialist}/", dict.fromkeys(("GET", "POST"), ANYBODY.replace("S", ""))
    ),
    "own/messages/": own(),
    "own/messages/<uuid:id>/": mine("own/messages/{thread}/", "GET POST"),
    "own/messages/<uuid:id>/delete/": mine("own/messages/{thread}/delete/", "POST"),
    # Questions
    "api/v1/questions/": Row("", {"GET": EVERYBODY, "POST": ANYBODY}),
    "api/v1/questions/mine/": own(),
    "api/v1/questions/mine/<uuid:id>/": mine("api/v1/questions/mine/{question}/", "PATCH DELETE"),
    "api/v1/questions/<str:slug>/": public("api/v1/questions/{asked}/"),
    "api/v1/questions/<str:slug>/answers/": Row(
        "api/v1/questions/{asked}/answers/", {"POST": "VS", "PUT": "V", "DELETE": "V"}
    ),
    "own/questions/": own(),
    "own/questions/ask/": own(methods="GET POST"),
    "own/questions/<uuid:id>/": mine("own/questions/{question}/", "GET POST"),
    "own/questions/<uuid:id>/withdraw/": mine("own/questions/{question}/withdraw/", "POST"),
    "own/specialist/questions/": Row("", {"GET": "VS"}),
    "own/specialist/questions/<slug:slug>/": Row("own/specialist/questions/{asked}/", {"GET": "VS", "POST": "VS"}),
    "own/specialist/questions/<slug:slug>/withdraw/": Row("own/specialist/questions/{asked}/withdraw/", {"POST": "V"}),
    "questions/": public(),
    "questions/ask/": public(),
    # Somebody's profile as a specialist. Who has none is led to where one is begun.
    "own/specialist/": own(),
    "own/specialist/start/": own(methods="POST"),
    "own/specialist/edit/": own(methods="GET POST"),
    "own/specialist/submit/": own(methods="POST"),
    "own/specialist/take-back/": own(methods="POST"),
    "own/specialist/delete/": own(methods="GET POST"),
    "own/specialist/preview/": own(),
    "own/specialist/photo/": Row("", {"GET": "RXEMA"}),  # who has no profile is led to where one is begun
    "own/specialist/evidence/": own(methods="GET POST"),
    "own/specialist/evidence/<uuid:id>/": mine("own/specialist/evidence/{evidence}/"),
    "own/specialist/evidence/<uuid:id>/delete/": mine("own/specialist/evidence/{evidence}/delete/", "POST"),
    "own/messages/<uuid:id>/block/": mine("own/messages/{thread}/block/", "POST"),
    "own/messages/<uuid:id>/unblock/": mine("own/messages/{thread}/unblock/", "POST"),
    "own/messages/<uuid:id>/report/<uuid:message>/": mine("own/messages/{two}/report/{message}/", "GET POST"),
    "sync/own/": own(),
    # Free first consultations
    "api/v1/consultations/": own(methods="GET POST"),
    "api/v1/consultations/<uuid:id>/": both("api/v1/consultations/{consultation}/"),
    **{
        f"api/v1/consultations/<uuid:id>/{act}/": both(f"api/v1/consultations/{{consultation}}/{act}/", "POST")
        for act in ("accept", "decline", "propose", "cancel", "held", "missed")
    },
    "api/v1/consultations/<uuid:id>/calendar.ics": both("api/v1/consultations/{consultation}/calendar.ics"),
    "api/v1/specialists/mine/times/": specialists("GET PUT"),
    "own/consultations/": own(),
    "own/consultations/calendar/": own(methods="POST"),
    # Everybody may ask, but nobody themselves.
    "own/consultations/request/<slug:slug>/": Row(
        "own/consultations/request/{specialist}/", dict.fromkeys(("GET", "POST"), ANYBODY.replace("S", ""))
    ),
    "own/consultations/<uuid:id>/": both("own/consultations/{consultation}/", "GET POST"),
    "own/calendar/<str:secret>.ics": Row("", {}, not_walked="its address is its key: tests/cms/consultations"),
    "own/specialist/times/": specialists("GET POST"),
    "own/specialist/requests/": specialists(),
    # What somebody is told
    "api/v1/push/": own(methods="GET POST DELETE"),
    "own/notifications/": own(methods="GET POST"),
    "own/notifications/devices/": own(methods="POST"),
    # Whoever has the letter has the token, and need not be logged in.
    "letters/stop/<str:token>/": Row("letters/stop/{token}/", dict.fromkeys(("GET", "POST"), EVERYBODY)),
    # Readers' pages
    "help/": public(),
    "search/": public(),
    "specialists/": public(),
    "offline/": public(),
    "on-this-phone/": public(),
    "saved/": public(),
    "contact/": public(),
    "specialists/join/": public(),
    "share/": public(),
    "shell/": public(),
    "manifest.webmanifest": public(),
    "feed.atom": public(),
    "sync/changes/": public(),
    "sync/texts/": public("sync/texts/?ids={reference}"),
    "sw.js": public(),
    "sitemap.xml": public(),
    "robots.txt": public(),
    "^(?P<path>(?!api/|admin/|static/|accounts/|documents/|own/|letters/).*)$": public("articles/sleep/"),
}
# What answers for whatever is not there.
NOTHING = {"api/v1/", "^api/", "own/<path:path>"}
# What is allauth's, by how its addresses begin.
OF_ALLAUTH = (
    "accounts/2fa/",
    "accounts/login/",
    "accounts/password/",
    "accounts/^password/",
    "accounts/email/",
    "accounts/confirm-email/",
)
ALSO_OF_ALLAUTH = {"accounts/logout/", "accounts/inactive/", "accounts/signup/", "accounts/reauthenticate/"}
