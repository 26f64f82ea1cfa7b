"""Files as other programs and people write them, and what is wrong with some of them."""

from typing import Any

import pytest

from cms.references.formats import Unreadable, detect, read
from cms.references.formats.decoding import text_of
from cms.references.formats.latex import decoded


def items(text: str, name: str = "") -> list[dict[str, Any]]:
    """Give the items of a text that can all be read."""
    records = read(text, name)[1]
    assert [record.problem for record in records] == [""] * len(records)
    return [record.item or {} for record in records]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"G{\"o}del and M\"uller", "Gödel and Müller"),
        (r"\'{e} \'e {\'e} {\'{e}} \`a \^{\i}", "é é é é à î"),
        (r"\v{S}im\'on, \c{c}a, \c c, \H{o}, \k{a}, \r a, \u{g}", "Šimón, ça, ç, ő, ą, å, ğ"),
        (r"{\ss} {\O}re \o{} \AA ngstr\"om \L{}\'od\'z", "ß Øre ø Ångström Łódź"),
        (r"10\% \& more \#1 \$5 a\_b", "10% & more #1 $5 a_b"),
        (r"pages 1--2 --- ``quoted''", "pages 1–2 — “quoted”"),
        (r"The {CBT} of \emph{rest} and $\alpha$", "The CBT of rest and α"),
        (r"a~b\,c", "a b c"),
        (r"\textbackslash{}x \textasciitilde{} \{y\}", r"\x ~ {y}"),
    ],
)
def test_latex__is_read_as_it_is_printed(latex: str, text: str) -> None:
    assert decoded(latex) == text


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Kim Bartholomew and Leonard M. Horowitz", [("Bartholomew", "Kim"), ("Horowitz", "Leonard M.")]),
        ("Bartholomew, Kim AND others", [("Bartholomew", "Kim")]),
        ("Ludwig van Beethoven and van der Kolk, Bessel", [("van Beethoven", "Ludwig"), ("van der Kolk", "Bessel")]),
        ("{Barnes and Noble} and {\\'E}lan, {\\'E}ric", [("Barnes and Noble", None), ("Élan", "Éric")]),
        ("{{World Health Organization}}", [("World Health Organization", None)]),
        ("Plato", [("Plato", "")]),
    ],
)
def test_bibtex_names__are_taken_apart(written: str, authors: list[tuple[str, str | None]]) -> None:
    found = items(f"@book{{x, title={{T}}, author={{{written}}}}}")[0]["author"]
    assert [
        (name["literal"], None) if "literal" in name else (name["family"], name.get("given", "")) for name in found
    ] == authors


def test_a_suffix__stands_between_the_commas() -> None:
    found = items("@book{x, title={T}, author={King, Jr., Martin Luther}}")[0]["author"]
    assert found == [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]


def test_bibtex__fills_in_strings_months_and_cross_references() -> None:
    text = """
@string(jc = "Journal of " # {Care})
@comment{nothing}
@article(a, title = "One", journal = jc, year = 1991, month = aug # "~5", pages = {226--44})
@incollection{b, title = {Two}, crossref = {c}, pages = "1"}
@collection{c, title = {The Book}, editor = {Ames, Bea}, year = 2001, publisher = {House}}
"""
    one, two, _book = items(text)
    assert one["container-title"] == "Journal of Care" and one["page"] == "226–244"
    assert one["issued"] == {"date-parts": [[1991, 8, 5]]}
    assert (two["container-title"], two["publisher"]) == ("The Book", "House")
    assert two["editor"] == [{"family": "Ames", "given": "Bea"}]


def test_what_is_broken__is_told_by_its_line_and_costs_only_itself() -> None:
    text = (
        "@book{a, title={One}}\n\n@book{b,\n  title = {Two,\n  year = 1\n"
        '@book{c, title={Three}}\n@book{d,\n  title "Four"}\n@book{e, title={Five}}\n'
    )
    records = read(text)[1]
    assert [record.line for record in records] == [1, 3, 6, 7, 9]
    assert [(record.item or {}).get("title") for record in records] == ["One", None, "Three", None, "Five"]
    assert records[1].problem.startswith("Line 4") and records[3].problem.startswith("Line 8")
    assert records[1].source == "@book{b,\n  title = {Two,\n  year = 1"


def test_ris__bears_old_tags_wrapped_lines_and_a_missing_end() -> None:
    text = (
        "\ufeffstray words\r\n1.\r\nTY  - JOUR\r\nA1  - Ames, Bea, Jr.\r\nT1  - A long\r\n title\r\nJO  - Care\r\n"
        "Y1  - 1991/05/03/\r\nSP  - 226\r\nEP  - 30\r\nTY  - CHAP\r\nTI  - Two\r\nT2  - Book\r\nED  - Cole, C.\r\nER  - \r\n"
    )
    stray, one, two = read(text)[1]
    assert (stray.line, one.line, two.line) == (1, 3, 11)
    assert "belongs to no entry" in stray.problem
    assert one.item is not None and two.item is not None
    assert one.item["title"] == "A long title" and one.item["page"] == "226–230"
    assert one.item["author"] == [{"family": "Ames", "given": "Bea", "suffix": "Jr."}]
    assert one.item["issued"] == {"date-parts": [[1991, 5, 3]]}
    assert one.warnings == ["It was not ended by a line “ER”."]
    assert two.item["editor"] == [{"family": "Cole", "given": "C."}]


def test_csl_json__bears_particles_literals_foreign_types_and_a_broken_item() -> None:
    text = """[
  {"type": "paper-conference", "title": "One", "issued": {"raw": "2003-05"},
   "author": [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van", "suffix": "II"}, {"literal": "WHO"}]},
  {"type": "book", "title": "Two", },
  {"type": "book", "title": "Three", "issued": {"literal": "in press"}}
]"""
    one, two, three = read(text)[1]
    assert (one.line, two.line, three.line) == (2, 4, 5)
    assert one.item is not None and one.item["type"] == "chapter"
    assert one.item["author"] == [{"family": "van Gogh", "given": "Vincent", "suffix": "II"}, {"literal": "WHO"}]
    assert one.item["issued"] == {"date-parts": [[2003, 5]]}
    assert two.problem.startswith("Line 4: this is not JSON")
    assert three.warnings == ["The date could not be read, and was left out."]


@pytest.mark.parametrize(
    ("text", "name"),
    [("[{}]", "csl-json"), ("\nTY  - JOUR\n", "ris"), ("% words\n@book{a,}", "bibtex"), ("Dear all,", "")],
)
def test_a_format__is_found_out(text: str, name: str) -> None:
    assert detect(text) == name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_file__is_read_in_whatever_encoding(encoding: str) -> None:
    assert text_of("Müller".encode(encoding))[0] == "Müller"


@pytest.mark.parametrize("text", ["", "  \n ", "Dear all", "@comment{x}", "[1, 2]", "@a" * 10])
def test_what_holds_no_entry__is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read(text)


@pytest.mark.parametrize(
    "bomb",
    [
        "@a{" * 50_000,
        "@a{b, c=" + "{" * 200_000,
        '[{"a":' * 50_000,
        "\n{" * 50_000,
        '{"' * 50_000,
        "TY  - \n" * 4_000,
        "@a{b,title={" + "\\'{" * 20_000 + "}" * 20_000 + "}}",
        "@a{b,author={" + "x and " * 20_000 + "y}}",
        '[{"title":"x","volume":' + "9" * 5_000 + "}]",
    ],
)
def test_a_bomb__ends_soon_and_in_words(bomb: str) -> None:
    try:
        records = read(bomb)[1]
    except Unreadable:
        return
    assert all(record.problem or record.item is not None for record in records)
