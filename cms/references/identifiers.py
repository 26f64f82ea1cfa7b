"""The names that works, books and people are known by elsewhere: DOI, ISBN, ORCID, and page ranges."""

import re

DOI = re.compile(r"10\.\d{4,9}/\S+")
DOI_PREFIXES = re.compile(r"^\s*(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*|doi\s+)+", re.IGNORECASE)
ORCID_PREFIXES = re.compile(r"^\s*(?:https?://(?:www\.)?orcid\.org/|orcid(?:\s*id)?:?\s*)", re.IGNORECASE)
ISBN_PREFIX = re.compile(r"^\s*(?:urn:)?isbn(?:-1[03])?:?\s*", re.IGNORECASE)
DASHES = "-‐‑‒–—−"
# Both ends look like page numbers: 12, e12, S12, xii.
RANGE = re.compile(rf"(?<![{DASHES}\w])([A-Za-z]{{0,7}}\d*)\s*[{DASHES}]{{1,2}}\s*([A-Za-z]{{0,7}}\d*)(?![{DASHES}\w])")


def normal_doi(text: str) -> str:
    """Give the bare DOI (``10.1037/…``) of whatever was pasted, or "" if there is none in it.

    Known ways to write one are taken off: ``https://doi.org/``, ``http://dx.doi.org/``, ``doi:``.
    """
    bare = DOI_PREFIXES.sub("", text).strip().rstrip(".,;")
    return bare if DOI.fullmatch(bare) else ""


def isbn_13(text: str) -> str:
    """Give the thirteen bare digits that an ISBN of either length stands for, or "" where it is none."""
    digits = normal_isbn(text).replace("-", "")
    if len(digits) != 10:
        return digits
    body = "978" + digits[:9]
    total = sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(body))
    return body + str(-total % 10)


def normal_isbn(text: str) -> str:
    """Give an ISBN as it was hyphenated, without its label, or "" if its check digit is wrong (ISO 2108)."""
    bare = re.sub(rf"[{DASHES}\s]+", "-", ISBN_PREFIX.sub("", text).strip()).upper()
    digits = bare.replace("-", "")
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
        return bare if total % 11 == 0 else ""
    if re.fullmatch(r"97[89]\d{10}", digits):
        total = sum((3 if place % 2 else 1) * int(digit) for place, digit in enumerate(digits))
        return bare if total % 10 == 0 else ""
    return ""


def normal_orcid(text: str) -> str:
    """Give an ORCID iD as ``0000-0002-1825-0097``, or "" if its check digit is wrong (ISO 7064 MOD 11-2)."""
    digits = re.sub(rf"[{DASHES}\s]", "", ORCID_PREFIXES.sub("", text)).upper()
    if not re.fullmatch(r"\d{15}[\dX]", digits):
        return ""
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        return ""
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def normal_pages(text: str) -> str:
    """Give page numbers with an en dash in their ranges: ``226-244`` and ``226 -- 244`` become ``226–244``."""
    bare = re.sub(r"^\s*pp?\.\s*", "", text).strip()

    def with_en_dash(match: re.Match[str]) -> str:
        first, last = match.groups()
        # “A-12” is one page of an appendix, not a range.
        a_range = _is_page_number(first) and _is_page_number(last)
        return f"{first}–{last}" if a_range else match.group(0)

    return RANGE.sub(with_en_dash, bare)


def whole_pages(text: str) -> str:
    """Give page numbers as :func:`normal_pages` does, with ends cut short written out: ``226-30`` becomes ``226–230``.

    Only a lower end that is shorter than its beginning is one. For volumes, “2018-1” is something else.
    """

    def written_out(match: re.Match[str]) -> str:
        first, last = match.groups()
        whole = first[: len(first) - len(last)] + last
        return f"{first}–{whole}" if len(last) < len(first) and int(last) < int(first) < int(whole) else match.group(0)

    return re.sub(r"(?<![\w–])([0-9]+)–([0-9]+)(?![\w–])", written_out, normal_pages(text))


def _is_page_number(text: str) -> bool:
    """Say whether a text ends in digits or is a Roman numeral."""
    return bool(text) and (text[-1].isdecimal() or bool(re.fullmatch(r"[ivxlcdm]+|[IVXLCDM]{2,}", text)))


def are_many_pages(pages: str) -> bool:
    """Say whether normalised page numbers name more than one page, and so take “pp.”."""
    return any(mark in pages for mark in ("–", ",", "&"))
