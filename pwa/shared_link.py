"""Which of our own pages is meant by what another app has shared.

Android's browsers put the address into ``text``, among other words; others into ``url``. The phone knows the same rule
(`client/src/sw/shared-link.ts`); both are held to `tests/vectors/share.json`. Text in, text out: nothing is asked for.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from api.library.words import LONGEST_QUERY

LONGEST = 10_000  # characters of each thing shared that are looked at
ADDRESS = re.compile(r"https?://[\w!#$%&()*+,./:;=?@\[\]~-]+", re.IGNORECASE)
PARTS = re.compile(r"([^/]*//[^/?#]*)([^?#]*)")
AFTER_IT = ".,;:!?()[]*~"  # signs of the sentence around an address
BROKEN = re.compile(r"%(?![0-9a-fA-F]{2})")
SEGMENT = re.compile(r"(?!\.{1,2}$)[^/\\\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class SharedLink:
    """What was shared: ``path`` is the decoded address of a page of ours, ending in a slash, or ``""``.

    ``words`` are what can be searched for instead; ``is_empty`` says that nothing was shared at all.
    """

    path: str
    words: str
    is_empty: bool


def read_shared(url: str, text: str, title: str, origin: str) -> SharedLink:
    """Find the first address of our own origin in what was shared, and the words that stand beside addresses."""
    given = [part[:LONGEST] for part in (url, text, title)]
    paths = (own_path(address, origin) for part in given for address in ADDRESS.findall(part))
    path = next((path for path in paths if path), "")
    words = words_of(given[2]) or words_of(given[1])
    return SharedLink(path, words, not any(part.strip() for part in given))


def own_path(address: str, origin: str) -> str:
    """Give the path of an address of ours, without its query and its place in the page; nothing for any other.

    Another host, a name or port in front of ours, a path that climbs, and whatever a browser might read as another
    address are others.
    """
    found = PARTS.match(address.rstrip(AFTER_IT))
    if not found or found[1].lower() != origin.lower() or BROKEN.search(found[2]):
        return ""
    try:
        path = unquote_to_bytes(found[2]).decode()
    except UnicodeDecodeError:
        return ""
    segments = path.removeprefix("/").removesuffix("/").split("/")
    if segments == [""]:
        return "/" if path in ("", "/") else ""
    return f"/{'/'.join(segments)}/" if all(map(SEGMENT.fullmatch, segments)) else ""


def words_of(text: str) -> str:
    """Give the words of a text that are no address, without our own name after the title."""
    words = " ".join(ADDRESS.sub(" ", text).replace("\x00", " ").split())
    return words.removesuffix(" · Respite")[:LONGEST_QUERY]
