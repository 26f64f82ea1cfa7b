"""Settings of a process that works on the database of a running test, and is killed at it."""

import os

from tests.settings import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["DYING_DATABASE"]  # noqa: F405
