"""Citations in the text: “(see Bowlby, 1988, p. 4; Neff, 2003)”, or “[1, p. 4]” (APA 7, sections 8.10 to 8.22).

Composed as pieces, so that whoever writes them out can make a link of what belongs to one work.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cms.references.bibliography import Bibliography

NUMBERS = "numbers"


@dataclass(frozen=True)
class Cited:
    """One work as a citation names it. ``place`` is its locator in print; ``notice`` what became of the work."""

    key: str
    place: str = ""
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    notice: str = ""

    @property
    def is_bare(self) -> bool:
        """Say whether nothing is said of the work but its name and year."""
        return not (self.place or self.suffix or self.notice or self.suppress_author)


@dataclass(frozen=True)
class Piece:
    """A stretch of a citation. ``key`` names the work it leads to; ``notice`` marks the word that says what became."""

    text: str
    key: str = ""
    italic: bool = False
    notice: bool = False


def author_year(cited: Sequence[Cited], works: Bibliography) -> list[Piece]:
    """Compose a citation by author and year. Works stand in the order of the list; each prefix begins anew (8.12)."""
    pieces: list[Piece] = []
    before: Cited | None = None
    for part in _parts(cited, works):
        for place, one in enumerate(part):
            same = before is not None and place > 0 and before.is_bare and one.is_bare
            if before is not None and same and works.have_same_authors(before.key, one.key):
                # “(Neff, 2003, 2011)”: the same authors are not said again (8.12).
                pieces += [Piece(", "), Piece(works.year(one.key), one.key)]
            else:
                if pieces:
                    pieces.append(Piece("; "))
                pieces += _named(one, works)
            before = one
    return [Piece("("), *pieces, Piece(")")] if pieces else []


def numbered(cited: Sequence[Cited], numbers: Mapping[str, int]) -> list[Piece]:
    """Compose a citation by the numbers of its works, from the smallest: “[1, 3]”, “[1, p. 4; 3]”."""
    ordered = sorted(cited, key=lambda one: numbers[one.key])
    plain = all(one.is_bare or one == replace(Cited(one.key), suppress_author=True) for one in ordered)
    between = Piece(", " if plain and not any(one.prefix for one in ordered) else "; ")
    pieces: list[Piece] = []
    for one in ordered:
        pieces += [between] if pieces else []
        pieces += [Piece(f"{one.prefix} ")] if one.prefix else []
        pieces += [Piece(str(numbers[one.key]), one.key), *_after(one)]
    return [Piece("["), *pieces, Piece("]")] if pieces else []


def as_text(pieces: Iterable[Piece]) -> str:
    """Give a citation as plain text."""
    return "".join(piece.text for piece in pieces)


def _parts(cited: Sequence[Cited], works: Bibliography) -> list[list[Cited]]:
    """Split a citation where a prefix begins, put each part in order, and let the prefix stand before it.

    “see also” holds for all that follow it, up to the next prefix.
    """
    parts: list[list[Cited]] = []
    for one in cited:
        if one.prefix or not parts:
            parts.append([])
        parts[-1].append(one)
    ordered = []
    for part in parts:
        prefix = part[0].prefix
        by_key = {one.key: place for place, one in enumerate(part)}
        order = {key: place for place, key in enumerate(works.in_order(by_key))}
        first, *rest = sorted((replace(one, prefix="") for one in part), key=lambda one: order[one.key])
        ordered.append([replace(first, prefix=prefix), *rest])
    return ordered


def _named(one: Cited, works: Bibliography) -> list[Piece]:
    pieces = [Piece(f"{one.prefix} ")] if one.prefix else []
    if not one.suppress_author:
        for run in works.called[one.key]:
            # A comma stands inside the quotation marks (section 6.7).
            text = f"{run.text[:-1]},” " if run.text.endswith("”") else run.text
            pieces.append(Piece(text, one.key, italic=run.italic))
        if not pieces[-1].text.endswith(" "):
            pieces.append(Piece(", ", one.key))
    return [*pieces, Piece(works.year(one.key), one.key), *_after(one)]


def _after(one: Cited) -> list[Piece]:
    """Give what stands after a work: where in it, and what the editor added; and what became of it."""
    pieces = [Piece(f", {one.place}", one.key)] if one.place else []
    if one.notice:
        pieces += [Piece(", ", one.key), Piece(one.notice, one.key, notice=True)]
    if one.suffix:
        pieces.append(Piece(one.suffix if one.suffix.startswith((",", ";", ":", ".")) else f", {one.suffix}"))
    return pieces
