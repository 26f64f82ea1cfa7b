"""Whether the time of an answer tells if an address has an account. Takes some minutes: passwords are hashed as they are."""

import json
from pathlib import Path

from tests.installation import install
from tests.load.report import Line, Report

TRIES = 300  # an arm


def measure(report: Report, folder: Path) -> None:
    """Log in with a wrong password, sign up and forget a password, in turn with an address that is known and one that is not."""
    printed = install(folder).manage("shell", "-v0", "-c", f"TRIES = {TRIES}\n{ASK}", seconds=3600)
    gaps: dict[str, float] = json.loads(printed.strip().splitlines()[-1])
    for what, gap in gaps.items():
        report.add(Line(f"{what}: gap between an address with an account and one without", gap, 5, "ms"))


ASK = """
import json, time
from statistics import median
from django.conf import settings
from django.test import Client
from django.test.utils import override_settings

KNOWN = "writer@respite.example"
PASSWORD = "quite a long one that nobody has"
FORMS = {
    "Log-in": ("/accounts/login/", lambda address: {"login": address, "password": "not it at all"}),
    "Sign-up": ("/accounts/signup/", lambda address: {"email": address, "password1": PASSWORD}),
    "New password": ("/accounts/password/reset/", lambda address: {"email": address}),
}

def milliseconds(path, form):
    client = Client(SERVER_NAME="127.0.0.1")
    begun = time.perf_counter()
    answer = client.post(path, form)
    taken = (time.perf_counter() - begun) * 1000
    assert answer.status_code in (200, 302), answer.status_code
    return taken

gaps = {}
quiet = {"ACCOUNT_RATE_LIMITS": False, "MAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
with override_settings(**quiet):
    for what, (path, form) in FORMS.items():
        arms = ([], [])
        for number in range(TRIES + 5):
            # The one that comes first changes, so that neither arm is always the warmer.
            pair = [(0, KNOWN), (1, f"nobody{number}@example.org")]
            for arm, address in pair if number % 2 else pair[::-1]:
                arms[arm].append(milliseconds(path, form(address)))
        known, unknown = (median(times[5:]) for times in arms)
        gaps[what] = abs(known - unknown)
        print(what, f"known {known:.1f} ms, unknown {unknown:.1f} ms")
print(json.dumps(gaps))
"""
