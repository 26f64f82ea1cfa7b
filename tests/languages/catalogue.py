"""The words of the interface: found in the sources, kept in catalogues, compiled for gettext.

Found without the gettext tools, which a newcomer's machine does not have: Python by its syntax tree, templates as
Django itself reads them for translators, TypeScript by the calls of `pwa/client/src/words/speech.ts`.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tests.kept import ROOT


class Text(NamedTuple):
    """A text to translate: in one form, or in those for one and for many; its context tells it from its likes."""

    one: str
    many: str = ""
    context: str = ""


class Area(NamedTuple):
    """A catalogue, and where its words are said."""

    name: str
    folder: Path
    sources: tuple[str, ...]
    without: tuple[str, ...] = ()


# What a reader may meet although editors' code says it.
MET_BY_READERS = (
    "cms/articles/change_kind.py",
    "cms/banners/blocks.py",
    *(
        f"cms/consultations/{name}.py"
        for name in (
            *("calendars", "fields", "forms", "holdings", "letters"),
            *("meetings", "practices", "refusals", "wording"),
        )
    ),
    "cms/helplines/countries.py",
    "cms/pages/wording.py",
    "cms/correspondence/forms.py",
    "cms/correspondence/holdings.py",
    "cms/correspondence/models.py",
    "cms/correspondence/refusals.py",
    "cms/correspondence/reporting.py",
    "cms/correspondence/services.py",
    "cms/correspondence/tasks.py",
    "cms/notifications",
    "cms/people/forms.py",
    "cms/people/gates.py",
    "cms/people/holdings.py",
    "cms/people/second_factor.py",
    "cms/people/sessions.py",
    "cms/questions/forms.py",
    "cms/questions/holdings.py",
    "cms/questions/pseudonyms.py",
    "cms/questions/reasons.py",
    "cms/questions/tasks.py",
    "cms/questions/telling.py",
    "cms/references/evidence.py",
    "cms/review/holdings.py",
    "cms/references/types.py",
    "cms/specialists/choices.py",
    "cms/specialists/clock.py",
    "cms/specialists/evidence.py",
    "cms/specialists/files.py",
    "cms/specialists/forms.py",
    "cms/specialists/holdings.py",
    "cms/specialists/letters.py",
    "cms/specialists/models.py",
    "cms/specialists/moderation.py",
    "cms/specialists/readiness.py",
    "cms/specialists/services.py",
)
READERS = Area("readers", ROOT / "pwa" / "locale", ("pwa", "api", *MET_BY_READERS), ("pwa/client/node_modules",))
EDITORS = Area("editors", ROOT / "cms" / "locale", ("cms",), MET_BY_READERS)
AREAS = (READERS, EDITORS)

CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (0, None, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (1, None, 0)),
}
SAID = re.compile(r'\b(?:say|many)\(\s*("(?:[^"\\]|\\.)*")(?:,\s*("(?:[^"\\]|\\.)*"))?', re.DOTALL)


def found_in(area: Area) -> dict[Text, list[str]]:
    """Give every text of an area, with the files in which it stands."""
    found: dict[Text, list[str]] = {}
    for path in sources(area):
        name = str(path.relative_to(ROOT))
        for text in texts_of(path):
            files = found.setdefault(text, [])
            if name not in files:
                files.append(name)
    return merged(found)


def merged(found: dict[Text, list[str]]) -> dict[Text, list[str]]:
    """Let a text that stands alone be the first form of one that is counted: gettext knows them as one."""
    counted = {(text.one, text.context): text for text in found if text.many}
    result: dict[Text, list[str]] = {}
    for text, files in found.items():
        result.setdefault(counted.get((text.one, text.context), text), []).extend(files)
    return result


def sources(area: Area) -> Iterator[Path]:
    """Give the files of an area, in order."""
    for source in area.sources:
        path = ROOT / source
        files = sorted(path.rglob("*")) if path.is_dir() else [path] if path.exists() else []
        for file in files:
            name = str(file.relative_to(ROOT))
            if file.suffix in READ and "/migrations/" not in name and not name.startswith(area.without or ("\0",)):
                yield file


def texts_of(path: Path) -> Iterator[Text]:
    """Give the texts of one file."""
    return READ[path.suffix](path.read_text("utf-8"))


def texts_of_python(source: str) -> Iterator[Text]:
    """Give what Python code hands to gettext; a table of names called ``NAMES`` is handed over one by one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in CALLS:
            texts = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
            one, many, context = (texts[at] if at is not None and at < len(texts) else "" for at in CALLS[name])
            if isinstance(one, str) and one:
                yield Text(one, str(many or ""), str(context or ""))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "NAMES":
            for value in node.value.values if isinstance(node.value, ast.Dict) else ():
                if isinstance(value, ast.Constant):
                    yield Text(str(value.value))


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def texts_of_template(source: str) -> Iterator[Text]:
    """Give what a template marks: Django turns it into calls, everything else into filler."""
    marked = templatize(source)
    calls = re.finditer(r"\b(?:_|gettext|ngettext|pgettext|npgettext)\(", marked)
    for call in calls:
        expression = _call_at(marked, call.start())
        node = ast.parse(expression, mode="eval").body
        assert isinstance(node, ast.Call)
        yield from texts_of_python(ast.unparse(node))


def _call_at(text: str, start: int) -> str:
    """Give the shortest text from a place on that is a whole call."""
    for end in (match.end() for match in re.finditer(r"\)", text[start:])):
        try:
            ast.parse(text[start : start + end], mode="eval")
        except SyntaxError:
            continue
        return text[start : start + end]
    raise ValueError(f"no call begins at {text[start : start + 60]!r}")


def texts_of_script(source: str) -> Iterator[Text]:
    """Give what TypeScript says."""
    for one, many in SAID.findall(source):
        yield Text(json.loads(one), json.loads(many) if many else "")


READ = {
    ".py": texts_of_python,
    ".html": texts_of_template,
    ".txt": texts_of_template,
    ".xml": texts_of_template,
    ".ts": texts_of_script,
}


# ---- Catalogues --------------------------------------------------------------------------------


def po_of(area: Area, language: str) -> Path:
    """Where an area's translations into a language stand."""
    return area.folder / language / "LC_MESSAGES" / "django.po"


def catalogue(area: Area, language: str) -> Catalog:
    """Read a catalogue; an empty one where there is none yet."""
    path = po_of(area, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renewed(area: Area, language: str) -> Catalog:
    """Give a catalogue with exactly the texts there are; those that were translated still are."""
    known = catalogue(area, language)
    fresh = Catalog(locale=language, project="Respite", charset="utf-8", header_comment=HEADER)
    for text, files in sorted(found_in(area).items()):
        before = known.get((text.one, text.many) if text.many else text.one, context=text.context or None)
        before = before or known.get(text.one, context=text.context or None)
        string = before.string if before else ""
        if text.many and isinstance(string, str):
            string = (string, string) if string else ("", "")
        identity = (text.one, text.many) if text.many else text.one
        # Files and no lines: a line moves with every change above it.
        fresh.add(identity, string, locations=[(file, 0) for file in files[:3]], context=text.context or None)
    return fresh


HEADER = "# Translations of Respite's interface. `python -m tests.languages.renew` keeps them in step with the code."


def write(area: Area, language: str, known: Catalog) -> None:
    """Write a catalogue, to read and compiled."""
    path = po_of(area, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, known, width=120, include_lineno=False, omit_header=False)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, known)


def untranslated(known: Catalog) -> list[str]:
    """Name what a catalogue leaves in English, or marks as doubtful."""
    return [
        str(message.id) for message in known if message.id and (message.fuzzy or not all(_forms(message.string or "")))
    ]


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)
