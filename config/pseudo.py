"""A made-up language for looking at a layout: every word of the interface, longer and from right to left.

It is made of the words that the German catalogue translates, so that a word which is not marked for translation
stands out as the one that can still be read. Offered where ``PSEUDO_LANGUAGE`` is set, in tests and development.
"""

import gettext
import re
import struct
from pathlib import Path

from django.conf.locale import LANG_INFO

PSEUDO_LANGUAGE = "xb"
# What a program fills in or a browser reads stays as it is: values, tags, entities, the patterns of dates.
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|&\w+;|\s+)")
ACCENTS = str.maketrans("aceilnorsuyACEILNORSUY", "àçéîļñöŕšûýÀÇÉÎĻÑÖŔŠÛÝ")
RIGHT_TO_LEFT, POP = "\u202e", "\u202c"
VOWELS = re.compile(r"[aeiouAEIOU]")
PATTERN = "\x04"

LANG_INFO[PSEUDO_LANGUAGE] = {"bidi": True, "code": PSEUDO_LANGUAGE, "name": "Pseudo", "name_local": "Pseudo"}


def pseudo(text: str) -> str:
    """Give a text in the made-up language: accents, doubled vowels (a third longer), each word turned round."""
    pieces = KEPT.split(text)
    return "".join(piece if KEPT.fullmatch(piece) or not piece else _word(piece) for piece in pieces)


def _word(word: str) -> str:
    longer = VOWELS.sub(lambda vowel: vowel[0] * 2, word).translate(ACCENTS)
    return f"{RIGHT_TO_LEFT}{longer}{POP}"


def make_pseudo_catalogue(model: Path, folder: Path) -> Path:
    """Write the made-up language's catalogue, of the words that another one translates, and give its folder."""
    source = model / "LC_MESSAGES" / "django.mo"
    with source.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # it has no public name
    messages: dict[str, str] = {}
    plurals: dict[str, dict[int, str]] = {}
    for key in known:
        if isinstance(key, tuple):
            plurals.setdefault(key[0], {})[key[1]] = key[0]
        elif key:
            _context, mark, text = key.rpartition(PATTERN)
            # What has a context is a pattern for dates and the like, and means something to a program.
            messages[key] = text if mark else pseudo(text)
    for singular, forms in plurals.items():
        messages[f"{singular}\0{singular}"] = "\0".join(pseudo(singular) for _form in forms)
    messages[""] = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    target = folder / PSEUDO_LANGUAGE / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    draft = target / "django.new"
    draft.write_bytes(compiled(messages))
    draft.replace(target / "django.mo")
    return folder


def compiled(messages: dict[str, str]) -> bytes:
    """Give a catalogue as gettext reads it: the format of ``.mo`` files, without their optional hash table."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    keys = b"".join(key + b"\0" for key, _value in pairs)
    values = b"".join(value + b"\0" for _key, value in pairs)
    table = 28
    strings = table + 16 * len(pairs)
    offsets_of_keys, offsets_of_values, at, value_at = [], [], strings, strings + len(keys)
    for key, value in pairs:
        offsets_of_keys += [len(key), at]
        offsets_of_values += [len(value), value_at]
        at, value_at = at + len(key) + 1, value_at + len(value) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), table, table + 8 * len(pairs), 0, 0)
    numbers = struct.pack(f"<{4 * len(pairs)}I", *offsets_of_keys, *offsets_of_values)
    return head + numbers + keys + values
