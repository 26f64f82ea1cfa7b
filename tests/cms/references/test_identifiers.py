"""DOIs, ISBNs, ORCID iDs and page ranges, however they were pasted."""

import pytest

from cms.references.identifiers import isbn_13, normal_doi, normal_isbn, normal_orcid, normal_pages, whole_pages
from cms.references.locators import locator_text


@pytest.mark.parametrize(
    ("pasted", "normal"),
    [
        ("10.1037/0022-3514.61.2.226", "10.1037/0022-3514.61.2.226"),
        ("https://doi.org/10.1037/0022-3514.61.2.226", "10.1037/0022-3514.61.2.226"),
        ("http://dx.doi.org/10.5555/a.b", "10.5555/a.b"),
        ("  DOI: 10.5555/a.b. ", "10.5555/a.b"),
        ("doi:https://doi.org/10.5555/a", "10.5555/a"),
        ("10.5555", ""),
        ("10.5555/a b", ""),
        ("11.5555/a", ""),
        ("https://example.org/10.5555/a", ""),
        ("", ""),
    ],
)
def test_doi__is_made_bare(pasted: str, normal: str) -> None:
    assert normal_doi(pasted) == normal


@pytest.mark.parametrize(
    ("pasted", "normal"),
    [
        ("0-465-07598-3", "0-465-07598-3"),
        ("ISBN 0 465 07598 3", "0-465-07598-3"),
        ("ISBN-13: 978-3-16-148410-0", "978-3-16-148410-0"),
        ("043942089x", "043942089X"),
        ("0-465-07598-4", ""),
        ("978-3-16-148410-1", ""),
        ("12345", ""),
    ],
)
def test_isbn__is_kept_only_with_its_check_digit(pasted: str, normal: str) -> None:
    assert normal_isbn(pasted) == normal


@pytest.mark.parametrize(
    ("pasted", "normal"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("ORCID iD: 0000000218250097", "0000-0002-1825-0097"),
        ("0000-0002-1694-233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", ""),
        ("0000-0002-1825", ""),
    ],
)
def test_orcid__is_kept_only_with_its_check_digit(pasted: str, normal: str) -> None:
    assert normal_orcid(pasted) == normal


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("226-244", "226–244"),
        ("226 -- 244", "226–244"),
        ("pp. 226—244", "226–244"),
        ("p. 7", "7"),
        ("e12-e19, 30-31", "e12–e19, 30–31"),
        ("xii-xv", "xii–xv"),
        ("A-12", "A-12"),
        ("e0209899", "e0209899"),
        ("", ""),
    ],
)
def test_pages__have_an_en_dash_in_ranges(typed: str, normal: str) -> None:
    assert normal_pages(typed) == normal


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("226-30", "226–230"),
        ("1091 -- 8", "1091–1098"),
        ("pp. 12-3, 40-4", "12–13, 40–44"),
        ("199-200", "199–200"),
        ("98-7", "98–7"),
        ("e12-3", "e12–3"),
        ("2-A", "2-A"),
    ],
)
def test_pages_cut_short__are_written_out(typed: str, whole: str) -> None:
    assert whole_pages(typed) == whole


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0-465-07598-3", "9780465075980"),
        ("ISBN 043942089X", "9780439420891"),
        ("978-3-16-148410-0", "9783161484100"),
        ("0-465-07598-4", ""),
    ],
)
def test_an_isbn__has_thirteen_digits_whatever_its_length(written: str, digits: str) -> None:
    assert isbn_13(written) == digits


@pytest.mark.parametrize(
    ("label", "value", "note", "text"),
    [
        ("page", "226-230", "model overview", "pp. 226–230, model overview"),
        ("page", "226", "", "p. 226"),
        ("page", "3, 9", "", "pp. 3, 9"),
        ("page", "pp. 3-4", " what was found ", "pp. 3–4, what was found"),
        ("chapter", "3", "the strange situation", "Chapter 3, the strange situation"),
        ("section", "2-4", "", "Sections 2–4"),
        ("paragraph", "5", "", "para. 5"),
        ("table", "1", "", "Table 1"),
        ("figure", "2, 3", "", "Figures 2, 3"),
        ("", "7", "", "7"),
        ("page", "", "all of it", "all of it"),
    ],
)
def test_locator__is_one_line_with_its_note(label: str, value: str, note: str, text: str) -> None:
    assert locator_text(label, value, note) == text
