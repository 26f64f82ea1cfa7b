"""Settings of a server that works on the database of a running test, and is killed at it."""

from tests.api.library.dying_settings import *  # noqa: F403

ALLOWED_HOSTS = ["127.0.0.1"]
# What is tried here in a second is more than an account may send in a minute.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
