"""Settings of the tests: the real ones, on a data folder of this process alone."""

import atexit
import os
import shutil
import tempfile
from urllib.parse import urlsplit, urlunsplit

DATA = tempfile.mkdtemp(prefix="respite-tests-")
os.mkdir(os.path.join(DATA, "static"))
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ["RESPITE_DATA"] = DATA
os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)
os.environ.pop("RESPITE_ORIGIN", None)
# Playwright's loop runs in the tests' own thread for as long as its browser lives. Django takes
# every query after that for one of an async view and refuses it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The browser tests' servers have workers for their queue; in this process nobody would empty it.
TASKS = {"default": {"BACKEND": "config.tasks.AtOnceBackend"}}
STORAGES = {
    **STORAGES,  # noqa: F405
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names as they are: nothing is collected for tests that open no browser.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if redis := os.environ.get("REDIS_URL"):
    # Every test begins by emptying the cache: each process its own, and never that of the servers it has started.
    address = urlsplit(redis)
    number = (
        int(address.path.strip("/") or 0) + 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    )
    CACHES = {"default": {**CACHES["default"], "LOCATION": urlunsplit(address._replace(path=f"/{number % 16}"))}}  # noqa: F405
