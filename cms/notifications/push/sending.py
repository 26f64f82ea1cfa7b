"""Asking a push service to wake a device (RFC 8030): one short request, to the address that was looked at."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.utils.crypto import salted_hmac

from cms.notifications.push.encryption import encrypt
from cms.notifications.push.endpoints import RefusedEndpoint, hold_endpoint, is_stand_in, public_address
from cms.notifications.push.vapid import authorization, decoded

TIMEOUT = urllib3.Timeout(connect=4, read=6)
LIVES = timedelta(days=2)  # how long a service keeps it for a device that is switched off
LONGEST_WAIT = 24 * 60 * 60  # seconds: whatever a service asks for


class Outcome(Enum):
    """What came of asking."""

    TAKEN = auto()
    GONE = auto()  # the device has ended it: nobody is there any more
    LATER = auto()  # the service is in trouble, has too much to do, or nobody answers
    REFUSED = auto()  # it will not be taken, however often


@dataclass(frozen=True)
class Answer:
    """What came of asking, in words for the log, and for how long (seconds) the service wants to be left alone."""

    outcome: Outcome
    told: str
    wait: int = 0


def send(endpoint: str, p256dh: str, auth: str, kind: int) -> Answer:
    """Ask the push service of a device to tell it of a kind. All that it carries is the kind's number, encrypted."""
    try:
        hold_endpoint(endpoint)
        body = encrypt(str(kind).encode(), decoded(p256dh), decoded(auth))
        headers = {
            "Authorization": authorization(endpoint, settings.VAPID_PRIVATE_KEY, settings.PRIVACY_CONTACT),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(LIVES.total_seconds())),
            "Urgency": "normal",
            # What waits there for a device is replaced: one notice of a kind is enough. The name says not which.
            "Topic": name_for(endpoint, kind),
            "User-Agent": "Respite",
        }
        return ask(endpoint, body, headers)
    except RefusedEndpoint as error:
        return Answer(Outcome.REFUSED, str(error))
    except ValueError:
        return Answer(Outcome.REFUSED, "keys that are none")
    except (OSError, urllib3.exceptions.HTTPError) as error:
        return Answer(Outcome.LATER, type(error).__name__)


def name_for(endpoint: str, kind: int) -> str:
    """Name what is sent to a device of a kind, as a service may see it: 32 letters at most (RFC 8030, 5.4)."""
    return salted_hmac("respite: what replaces what", f"{kind} {endpoint}", algorithm="sha256").hexdigest()[:32]


def ask(endpoint: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send the request, following nothing, and reading nothing of the answer but its head."""
    address = urlsplit(endpoint)
    target = address.path + (f"?{address.query}" if address.query else "")
    with pool_for(endpoint) as pool:
        answer = pool.urlopen(
            "POST",
            target,
            body=body,
            headers={**headers, "Host": address.netloc},
            redirect=False,
            retries=False,
            timeout=TIMEOUT,
            preload_content=False,
            assert_same_host=False,
        )
        answer.close()
    return meaning_of(answer.status, answer.headers.get("Retry-After", ""))


def pool_for(endpoint: str) -> urllib3.HTTPConnectionPool:
    """Give a connection to the very address that was looked at, under the name that its certificate must have."""
    address = urlsplit(endpoint)
    host = address.hostname or ""
    if is_stand_in(endpoint):
        return urllib3.HTTPConnectionPool(host, address.port, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        public_address(host), 443, maxsize=1, server_hostname=host, assert_hostname=host, cert_reqs="CERT_REQUIRED"
    )


def meaning_of(status: int, retry_after: str) -> Answer:
    """Give what a service's answer means (RFC 8030, 5 and 7.3)."""
    told = f"status {status}"
    if 200 <= status < 300:
        return Answer(Outcome.TAKEN, told)
    if status in {404, 410}:
        return Answer(Outcome.GONE, told)
    if status == 429 or status >= 500:
        wait = int(retry_after) if retry_after.isascii() and retry_after.isdigit() else 0
        return Answer(Outcome.LATER, told, min(wait, LONGEST_WAIT))
    return Answer(Outcome.REFUSED, told)
