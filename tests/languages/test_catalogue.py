"""The catalogues: in step with what the code says, complete where readers meet it, and true to its values."""

import io
import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from tests.languages.catalogue import (
    AREAS,
    READERS,
    Area,
    catalogue,
    found_in,
    po_of,
    texts_of_python,
    texts_of_script,
    texts_of_template,
    untranslated,
)

RENEW = "run: python -m tests.languages.renew"
# What a program fills in, and what a browser reads.
FILLED = re.compile(r"%\(\w+\)[sd]|<[^>]*>")
areas = pytest.mark.parametrize("area", AREAS, ids=[area.name for area in AREAS])


def names(known: Catalog) -> set[tuple[str, str]]:
    """Give the texts of a catalogue as gettext looks for them."""
    return {(first(message), message.context or "") for message in known if message.id}


def first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or [])


def test_every_text_that_readers_meet__is_in_the_german_catalogue() -> None:
    said = {(text.one, text.context) for text in found_in(READERS)}
    assert len(said) > 300
    assert said - names(catalogue(READERS, "de")) == set(), RENEW


def test_every_text_that_readers_meet__is_translated() -> None:
    assert untranslated(catalogue(READERS, "de")) == []


def test_nearly_every_text_that_editors_meet__is_translated() -> None:
    """The newest may wait for a translator; an admin half in one language and half in another may not."""
    (editors,) = (area for area in AREAS if area != READERS)
    known = catalogue(editors, "de")
    assert len(known) > 700
    assert len(untranslated(known)) < len(known) / 20, RENEW


def test_catalogue_of_readers__has_nothing_that_nobody_says_any_more() -> None:
    said = {(text.one, text.context) for text in found_in(READERS)}
    assert names(catalogue(READERS, "de")) - said == set(), RENEW


@areas
def test_compiled_catalogue__is_in_step_with_the_one_to_read(area: Area) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(area, "de"))
    assert po_of(area, "de").with_suffix(".mo").read_bytes() == compiled.getvalue(), RENEW


@areas
def test_translation__keeps_values_and_tags(area: Area) -> None:
    wrong = []
    for message in catalogue(area, "de"):
        wanted = sorted(FILLED.findall(first(message)))
        wrong += [form for form in forms(message) if message.id and form and sorted(FILLED.findall(form)) != wanted]
    assert wrong == []


def test_extraction__finds_what_each_kind_of_source_says() -> None:
    python = 'a = _("one"); b = ngettext("x", "xs", 2); c = pgettext("day", "j"); d = _(name)'
    assert list(texts_of_python(python)) == [("one", "", ""), ("x", "xs", ""), ("j", "", "day")]
    template = '{% load i18n %}{% translate "Home (now)" %} {% blocktranslate trimmed count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}'
    assert list(texts_of_template(template)) == [("Home (now)", "", ""), ("%(n)s day", "%(n)s days", "")]
    script = 'say("Later"); many("%(count)s a", "%(count)s b", 3); say(text)'
    assert list(texts_of_script(script)) == [("Later", "", ""), ("%(count)s a", "%(count)s b", "")]
