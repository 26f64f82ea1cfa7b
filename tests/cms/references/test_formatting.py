"""References as APA 7 sets them, word for word; the cases follow chapters 9 and 10 of the Publication Manual."""

from typing import Any

import pytest
from django.utils.html import strip_tags

from cms.references.formatting import doi_url, format_html
from cms.references.names import initials


def person(family: str, given: str = "", suffix: str = "") -> dict[str, str]:
    return {"family": family, "given": given, "suffix": suffix}


def people(count: int) -> list[dict[str, str]]:
    """Give people named by letters: “Aa, A.”, “Bb, B.” and so on."""
    letters = [chr(ord("A") + place) for place in range(count)]
    return [person(letter + letter.lower(), letter) for letter in letters]


def year(*parts: int) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(parts)]}


def article(**fields: Any) -> dict[str, Any]:
    return {
        "type": "article-journal",
        "title": "Feeling seen",
        "author": [person("Ames", "Bea C.")],
        "issued": year(1991),
        "container-title": "Journal of Care",
        "volume": "61",
        "issue": "2",
        "page": "226-244",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }


def book(**fields: Any) -> dict[str, Any]:
    return {
        "type": "book",
        "title": "A secure base",
        "author": [person("Bowlby", "John")],
        "issued": year(1988),
        "publisher": "Basic Books",
        **fields,
    }


def chapter(**fields: Any) -> dict[str, Any]:
    return {
        "type": "chapter",
        "title": "Being alone",
        "author": [person("Ames", "Bea C.")],
        "editor": [person("Cole", "Dan"), person("Eve", "Fay G.")],
        "issued": year(2010),
        "container-title": "Handbook of rest",
        "page": "12-34",
        "publisher": "Harbour Press",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }


def report(**fields: Any) -> dict[str, Any]:
    return {
        "type": "report",
        "title": "Sleep in towns",
        "author": [{"literal": "National Institute of Rest"}],
        "issued": year(2020),
        "number": "18-2059",
        "publisher": "Ministry of Health",
        **fields,
    }


def webpage(**fields: Any) -> dict[str, Any]:
    return {
        "type": "webpage",
        "title": "What grief is",
        "author": [person("Ames", "Bea")],
        "issued": year(2021, 3, 14),
        "container-title": "Quiet Hours",
        "URL": "https://example.org/grief",
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }


JOURNAL = "<i>Journal of Care</i>, <i>61</i>(2), 226–244."

CASES = {
    # ---- Articles -----------------------------------------------------------------------------
    "an article": (article(), f"Ames, B. C. (1991). Feeling seen. {JOURNAL}"),
    "an article with a DOI": (
        article(DOI="10.1037/0022-3514.61.2.226"),
        f"Ames, B. C. (1991). Feeling seen. {JOURNAL} "
        '<a href="https://doi.org/10.1037/0022-3514.61.2.226">https://doi.org/10.1037/0022-3514.61.2.226</a>',
    ),
    "a DOI before an address": (
        article(DOI="https://dx.doi.org/10.1/x", URL="https://example.org/"),
        f'Ames, B. C. (1991). Feeling seen. {JOURNAL} <a href="https://example.org/">https://example.org/</a>',
    ),
    "a DOI alone where both are good": (
        article(DOI="doi: 10.5555/X.1", URL="https://example.org/"),
        f"Ames, B. C. (1991). Feeling seen. {JOURNAL} "
        '<a href="https://doi.org/10.5555/X.1">https://doi.org/10.5555/X.1</a>',
    ),
    "an address": (
        article(URL="https://example.org/a?b=1&c=2"),
        f"Ames, B. C. (1991). Feeling seen. {JOURNAL} "
        '<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>',
    ),
    "an article number": (
        article(page="e0209899", issue=""),
        "Ames, B. C. (1991). Feeling seen. <i>Journal of Care</i>, <i>61</i>, Article e0209899.",
    ),
    "an article without volume": (
        article(volume="", issue="", page=""),
        "Ames, B. C. (1991). Feeling seen. <i>Journal of Care</i>.",
    ),
    "an issue without volume": (
        article(volume=""),
        "Ames, B. C. (1991). Feeling seen. <i>Journal of Care</i>, (2), 226–244.",
    ),
    "a title that asks": (article(title="Who is seen?"), f"Ames, B. C. (1991). Who is seen? {JOURNAL}"),
    "a title that exclaims": (article(title="Be seen!"), f"Ames, B. C. (1991). Be seen! {JOURNAL}"),
    "a title with its own full stop": (
        article(title="Feeling seen."),
        f"Ames, B. C. (1991). Feeling seen. {JOURNAL}",
    ),
    "a title that ends in a quotation": (
        article(title="On “being seen.”"),
        f"Ames, B. C. (1991). On “being seen.” {JOURNAL}",
    ),
    "a title that ends in a bracket": (
        article(title="Feeling seen (or not)"),
        f"Ames, B. C. (1991). Feeling seen (or not). {JOURNAL}",
    ),
    "a title in several lines": (article(title="Feeling\n  seen"), f"Ames, B. C. (1991). Feeling seen. {JOURNAL}"),
    "no year": (article(issued=None), f"Ames, B. C. (n.d.). Feeling seen. {JOURNAL}"),
    "a month that articles do not print": (
        article(issued=year(1991, 8, 2)),
        f"Ames, B. C. (1991). Feeling seen. {JOURNAL}",
    ),
    "nobody": (article(author=[]), f"Feeling seen. (1991). {JOURNAL}"),
    "escaped": (
        article(title="<script>alert(\"1\")</script> & 'rest'"),
        "Ames, B. C. (1991). &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;rest&#x27;. " + JOURNAL,
    ),
    "an old DOI with angle brackets": (
        article(DOI="10.1002/(SICI)1097(199911)55:11<1361::AID>3.0.CO;2-Q"),
        f"Ames, B. C. (1991). Feeling seen. {JOURNAL} "
        '<a href="https://doi.org/10.1002/(SICI)1097(199911)55:11%3C1361::AID%3E3.0.CO;2-Q">'
        "https://doi.org/10.1002/(SICI)1097(199911)55:11&lt;1361::AID&gt;3.0.CO;2-Q</a>",
    ),
    "an address that runs": (
        article(URL="javascript:alert(1)"),
        f"Ames, B. C. (1991). Feeling seen. {JOURNAL} javascript:alert(1)",
    ),
    # ---- Who ----------------------------------------------------------------------------------
    "two authors": (article(author=people(2)), f"Aa, A., &amp; Bb, B. (1991). Feeling seen. {JOURNAL}"),
    "three authors": (article(author=people(3)), f"Aa, A., Bb, B., &amp; Cc, C. (1991). Feeling seen. {JOURNAL}"),
    "twenty authors": (
        article(author=people(20)),
        ", ".join(f"{a}{a.lower()}, {a}." for a in "ABCDEFGHIJKLMNOPQRS")
        + f", &amp; Tt, T. (1991). Feeling seen. {JOURNAL}",
    ),
    "twenty-one authors": (
        article(author=people(21)),
        ", ".join(f"{a}{a.lower()}, {a}." for a in "ABCDEFGHIJKLMNOPQRS")
        + f", . . . Uu, U. (1991). Feeling seen. {JOURNAL}",
    ),
    "twenty-five authors": (
        article(author=people(25)),
        ", ".join(f"{a}{a.lower()}, {a}." for a in "ABCDEFGHIJKLMNOPQRS")
        + f", . . . Yy, Y. (1991). Feeling seen. {JOURNAL}",
    ),
    "an organisation": (
        article(author=[{"literal": "World Health Organization"}]),
        f"World Health Organization. (1991). Feeling seen. {JOURNAL}",
    ),
    "an organisation with an ampersand": (
        article(author=[{"literal": "Rest & Sons"}]),
        f"Rest &amp; Sons. (1991). Feeling seen. {JOURNAL}",
    ),
    "two organisations": (
        article(author=[{"literal": "Rest Union"}, {"literal": "Care Union"}]),
        f"Rest Union &amp; Care Union. (1991). Feeling seen. {JOURNAL}",
    ),
    "a person and an organisation": (
        article(author=[person("Ames", "Bea"), {"literal": "Care Union"}]),
        f"Ames, B., &amp; Care Union. (1991). Feeling seen. {JOURNAL}",
    ),
    "a suffix": (
        article(author=[person("King", "Martin L.", "Jr."), person("Vance", "J.", "III")]),
        f"King, M. L., Jr., &amp; Vance, J., III. (1991). Feeling seen. {JOURNAL}",
    ),
    "a hyphen and a particle": (
        article(author=[person("de la Cruz", "Jean-Paul"), person("O’Neill", "É.")]),
        f"de la Cruz, J.-P., &amp; O’Neill, É. (1991). Feeling seen. {JOURNAL}",
    ),
    "one name alone": (article(author=[person("Plato")]), f"Plato. (1991). Feeling seen. {JOURNAL}"),
    # ---- Books --------------------------------------------------------------------------------
    "a book": (book(), "Bowlby, J. (1988). <i>A secure base</i>. Basic Books."),
    "a later edition": (book(edition="2"), "Bowlby, J. (1988). <i>A secure base</i> (2nd ed.). Basic Books."),
    "a first edition": (book(edition="1st ed."), "Bowlby, J. (1988). <i>A secure base</i>. Basic Books."),
    "a revised edition": (
        book(edition="revised edition"),
        "Bowlby, J. (1988). <i>A secure base</i> (Rev. ed.). Basic Books.",
    ),
    "an edition and a volume": (
        book(edition="3rd edition", volume="2"),
        "Bowlby, J. (1988). <i>A secure base</i> (3rd ed., Vol. 2). Basic Books.",
    ),
    "several volumes": (
        book(volume="1-3"),
        "Bowlby, J. (1988). <i>A secure base</i> (Vols. 1–3). Basic Books.",
    ),
    "a book that asks, in its second edition": (
        book(title="Who is safe?", edition="2nd"),
        "Bowlby, J. (1988). <i>Who is safe?</i> (2nd ed.). Basic Books.",
    ),
    "a book with a full stop, in its second edition": (
        book(title="A secure base.", edition="2"),
        "Bowlby, J. (1988). <i>A secure base</i> (2nd ed.). Basic Books.",
    ),
    "one editor in place of authors": (
        book(author=[], editor=people(1)),
        "Aa, A. (Ed.). (1988). <i>A secure base</i>. Basic Books.",
    ),
    "editors in place of authors": (
        book(author=[], editor=people(2)),
        "Aa, A., &amp; Bb, B. (Eds.). (1988). <i>A secure base</i>. Basic Books.",
    ),
    "an author and an editor": (
        book(editor=people(1)),
        "Bowlby, J. (1988). <i>A secure base</i> (A. Aa, Ed.). Basic Books.",
    ),
    "a publisher that is the author": (
        book(author=[{"literal": "Basic Books"}]),
        "Basic Books. (1988). <i>A secure base</i>.",
    ),
    "a publisher that ends in a full stop": (
        book(publisher="Basic Books Inc."),
        "Bowlby, J. (1988). <i>A secure base</i>. Basic Books Inc.",
    ),
    "a book of nobody": (book(author=[]), "<i>A secure base</i>. (1988). Basic Books."),
    "before our era": (
        book(author=[person("Plato")], issued=year(-370)),
        "Plato. (370 B.C.E.). <i>A secure base</i>. Basic Books.",
    ),
    # ---- Chapters -----------------------------------------------------------------------------
    "a chapter": (
        chapter(),
        "Ames, B. C. (2010). Being alone. In D. Cole &amp; F. G. Eve (Eds.), <i>Handbook of rest</i> (pp. 12–34). "
        "Harbour Press.",
    ),
    "a chapter of one page, one editor": (
        chapter(page="12", editor=people(1)),
        "Ames, B. C. (2010). Being alone. In A. Aa (Ed.), <i>Handbook of rest</i> (p. 12). Harbour Press.",
    ),
    "a chapter with three editors, an edition and a volume": (
        chapter(editor=people(3), edition="2", volume="4"),
        "Ames, B. C. (2010). Being alone. In A. Aa, B. Bb, &amp; C. Cc (Eds.), <i>Handbook of rest</i> "
        "(2nd ed., Vol. 4, pp. 12–34). Harbour Press.",
    ),
    "a chapter without editors": (
        chapter(editor=[]),
        "Ames, B. C. (2010). Being alone. In <i>Handbook of rest</i> (pp. 12–34). Harbour Press.",
    ),
    "an editor with a suffix": (
        chapter(editor=[person("King", "Martin", "Jr")]),
        "Ames, B. C. (2010). Being alone. In M. King, Jr. (Ed.), <i>Handbook of rest</i> (pp. 12–34). Harbour Press.",
    ),
    # ---- Reports ------------------------------------------------------------------------------
    "a report": (
        report(),
        "National Institute of Rest. (2020). <i>Sleep in towns</i> (Report No. 18-2059). Ministry of Health.",
    ),
    "a report with a series": (
        report(number="NIR Publication No. 18-2059"),
        "National Institute of Rest. (2020). <i>Sleep in towns</i> (NIR Publication No. 18-2059). Ministry of Health.",
    ),
    "a report without number, published by its author": (
        report(number="", publisher="National Institute of Rest", URL="https://example.org/r.pdf"),
        "National Institute of Rest. (2020). <i>Sleep in towns</i>. "
        '<a href="https://example.org/r.pdf">https://example.org/r.pdf</a>',
    ),
    # ---- Web pages ----------------------------------------------------------------------------
    "a web page": (
        webpage(),
        "Ames, B. (2021, March 14). <i>What grief is</i>. Quiet Hours. "
        '<a href="https://example.org/grief">https://example.org/grief</a>',
    ),
    "a web page of a month": (
        webpage(issued=year(2021, 3)),
        "Ames, B. (2021, March). <i>What grief is</i>. Quiet Hours. "
        '<a href="https://example.org/grief">https://example.org/grief</a>',
    ),
    "a web page without a date, with the day it was read": (
        webpage(issued=None, accessed=year(2026, 1, 5)),
        "Ames, B. (n.d.). <i>What grief is</i>. Quiet Hours. Retrieved January 5, 2026, from "
        '<a href="https://example.org/grief">https://example.org/grief</a>',
    ),
    "a web page whose site is the author": (
        webpage(author=[{"literal": "Quiet Hours"}], issued=year(2021)),
        'Quiet Hours. (2021). <i>What grief is</i>. <a href="https://example.org/grief">https://example.org/grief</a>',
    ),
    # ---- Theses, preprints, data --------------------------------------------------------------
    "an unpublished thesis": (
        book(type="thesis", genre="Unpublished doctoral dissertation", publisher="University of Rest"),
        "Bowlby, J. (1988). <i>A secure base</i> [Unpublished doctoral dissertation]. University of Rest.",
    ),
    "a thesis from an archive": (
        book(type="thesis", genre="Master’s thesis", publisher="University of Rest", **{"container-title": "Archive"}),
        "Bowlby, J. (1988). <i>A secure base</i> [Master’s thesis, University of Rest]. Archive.",
    ),
    "a thesis with a publication number": (
        book(type="thesis", genre="Doctoral dissertation", publisher="University of Rest", number="10289373"),
        "Bowlby, J. (1988). <i>A secure base</i> (Publication No. 10289373) "
        "[Doctoral dissertation, University of Rest].",
    ),
    "a thesis of a kind nobody named": (
        book(type="thesis", publisher="University of Rest"),
        "Bowlby, J. (1988). <i>A secure base</i> [Thesis, University of Rest].",
    ),
    "a preprint": (
        book(type="article", publisher="PsyArXiv", DOI="10.5555/x"),
        "Bowlby, J. (1988). <i>A secure base</i>. PsyArXiv. "
        '<a href="https://doi.org/10.5555/x">https://doi.org/10.5555/x</a>',
    ),
    "data": (
        book(type="dataset", publisher="ICPSR", number="ICPSR 37080", version="V1"),
        "Bowlby, J. (1988). <i>A secure base</i> (ICPSR 37080; Version V1) [Data set]. ICPSR.",
    ),
    "data of another description, published by its author": (
        book(type="dataset", author=[{"literal": "ICPSR"}], publisher="ICPSR", genre="Data set and code book"),
        "ICPSR. (1988). <i>A secure base</i> [Data set and code book].",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_reference__is_set_as_apa_7_sets_it(name: str) -> None:
    csl, expected = CASES[name]
    assert format_html(csl) == expected


@pytest.mark.parametrize("csl", [case for case, _ in CASES.values()], ids=list(CASES))
def test_reference__has_no_doubled_full_stop_or_space(csl: dict[str, Any]) -> None:
    text = strip_tags(format_html(csl)).replace(". . . ", "")
    assert ".." not in text
    assert "  " not in text
    assert "?." not in text
    assert "!." not in text


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1037/0022-3514", "https://doi.org/10.1037/0022-3514"),
        ("https://doi.org/10.5555/a", "https://doi.org/10.5555/a"),
        ('10.5555/"><script>', "https://doi.org/10.5555/%22%3E%3Cscript%3E"),
        ("not a doi", ""),
        ("", ""),
    ],
)
def test_doi_url__is_an_address_or_nothing(doi: str, address: str) -> None:
    assert doi_url({"DOI": doi}) == address


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Kim M.", "K. M."),
        ("K.M.", "K. M."),
        ("Jean-Paul", "J.-P."),
        ("J.-P.", "J.-P."),
        ("kim", "K."),
        ("“Kim”", "K."),
        ("", ""),
    ],
)
def test_initials__keep_hyphens_and_order(given: str, expected: str) -> None:
    assert initials(given) == expected
