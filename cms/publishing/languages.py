"""The languages of the interface and of what is published, and how addresses name them.

The default language has no part in addresses (``/articles/``), every other one stands first (``/de/articles/``).
The address alone decides which language a reader's page is in: no cookie and no header does, so that every page
is the same bytes for everybody.
"""

from django.conf import settings


def codes() -> list[str]:
    """Give the codes of all languages, the default one first."""
    others = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return [settings.LANGUAGE_CODE, *others]


def other_codes() -> list[str]:
    """Give the codes of all languages but the default one."""
    return codes()[1:]


def root_of(language: str) -> str:
    """Give what the addresses of a language begin with, without a slash at its end: nothing, or ``/de``."""
    return "" if language == settings.LANGUAGE_CODE or language not in codes() else f"/{language}"


def language_of(path: str) -> str:
    """Give the language of an address."""
    first = path.lstrip("/").partition("/")[0]
    return first if path.startswith("/") and first in other_codes() else settings.LANGUAGE_CODE


def without_root(path: str) -> str:
    """Give an address as it would be in the default language."""
    return path.removeprefix(root_of(language_of(path))) or "/"


def direction_of(language: str) -> str:
    """Give the direction in which a language is written, as HTML's ``dir`` has it."""
    return "rtl" if language in settings.LANGUAGES_BIDI else "ltr"


def other_languages() -> list[tuple[str, str]]:
    """Give all languages but the default one with their names, for a form to choose from."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
