"""Letters in our look: one text, drawn as plain text and as HTML, with its way out and its headers.

Mail clients know neither our stylesheet nor scripts: tables, inline styles and the tokens' colours are what they all
draw. Nothing in a letter is fetched, so opening it tells nobody anything.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.notifications.colours import DARK, LIGHT
from cms.notifications.kinds import Kind
from cms.notifications.unsubscribing import address_for
from cms.people.models import User
from cms.publishing.languages import direction_of, root_of

# Automatic, and not to be answered (RFC 3834): the mail backend sends it after the commit, by a task.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}
# What parts a letter from what stands below it, in plain text; mail clients know it (RFC 3676, 4.3).
SIGNATURE = "\n-- \n"


@dataclass(frozen=True)
class Part:
    """A piece of a letter: ``words`` (a paragraph), ``list`` (lines), ``way`` (an address with its label), ``code``."""

    kind: str
    text: str = ""
    lines: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True)
class Below:
    """What stands below a letter: a sentence, and ways with their labels."""

    text: str
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Letter:
    """What somebody is written, in the language that is active when it is drawn."""

    subject: str
    parts: tuple[Part, ...]
    below: Below
    headers: dict[str, str] = field(default_factory=dict)


def letter_of_news(user: User, kind: Kind, way: str, subject: str, said: Sequence[Any] = ()) -> Letter:
    """Write that there is news of a kind, and where it is read."""
    parts = [part_of(one) for one in said] or [Part("words", str(kind.value.sentence))]
    parts.append(Part("way", _("Read it here"), address=whole(way)))
    because = _("You get this letter because you are told of “%(kind)s” by email.") % {"kind": kind.title}
    out = address_for(user, kind)
    ways = ((_("Stop letters of this kind"), out), (_("Choose what you are told"), whole(reverse("own_notifications"))))
    return Letter(subject, tuple(parts), below(because, ways), {**AUTOMATIC, **way_out(out)})


def digest_letter(user: User, told: Iterable[tuple[Kind, str]]) -> Letter:
    """Write what has waited for the day's letter: of each kind how much, and where it stands."""
    ways: dict[Kind, list[str]] = {}
    for kind, way in told:
        ways.setdefault(kind, []).append(way)
    counted = Counter({kind: len(found) for kind, found in ways.items()})
    parts = [Part("words", _("This is new for you:"))]
    for kind, number in counted.items():
        # One has its own address; several stand together.
        address = ways[kind][0] if number == 1 else kind.place
        label = f"{kind.title} ({number})" if number > 1 else str(kind.title)
        parts.append(Part("way", label, address=whole(address)))
    out = address_for(user, None)
    because = _("You get this letter, once a day at most, because you have chosen so.")
    leading = ((_("Stop these letters"), out), (_("Choose what you are told"), whole(reverse("own_notifications"))))
    return Letter(_("What is new for you on Respite"), tuple(parts), below(because, leading), AUTOMATIC | way_out(out))


def letter_of_text(subject: str, text: str) -> Letter:
    """Read a letter back from its plain text, such as one about an account: its addresses become ways, its code is set
    large. ``text`` ends with a signature, as ``account/email/base_message.txt`` has it."""
    body, _mark, under = text.replace("\r\n", "\n").partition(SIGNATURE)
    parts = tuple(part_of_text(one.strip()) for one in re.split(r"\n\s*\n", body) if one.strip())
    told = under.strip().removeprefix("Respite\n").splitlines()
    return Letter(subject, parts, below(told[0] if told else ""))


def part_of_text(paragraph: str) -> Part:
    if re.fullmatch(r"https?://\S+", paragraph):
        return Part("way", _("Continue on Respite"), address=paragraph)
    if re.fullmatch(r"[A-Z0-9]{3,}(?:-[A-Z0-9]{2,})*", paragraph):
        return Part("code", paragraph)
    return Part("words", paragraph)


def part_of(said: Any) -> Part:
    """Give a part of what is said: a text is a paragraph, several are a list."""
    if isinstance(said, (list, tuple)):
        return Part("list", lines=tuple(map(str, said)))
    return Part("words", str(said))


def below(text: str, ways: tuple[tuple[str, str], ...] = ()) -> Below:
    """Give what stands below: why it was sent, the ways that belong to it, and always the one to help."""
    help_now = (_("Help now"), whole(f"{root_of(get_language() or '')}/help/"))
    return Below(text, (*ways, help_now))


def way_out(address: str) -> dict[str, str]:
    """Give the headers by which a mail program offers the way out and takes it (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def whole(way: str) -> str:
    """Give the whole address of a place of ours."""
    return way if way.startswith(("https://", "http://")) else f"{settings.ORIGIN}{way}"


def post(letter: Letter, to: str) -> None:
    """Send a letter."""
    message = EmailMultiAlternatives(letter.subject, as_text(letter), to=[to], headers=letter.headers)
    message.attach_alternative(as_html(letter), "text/html")
    message.send()


def as_text(letter: Letter) -> str:
    """Draw a letter as plain text."""
    under = [f"{label}: {address}" for label, address in letter.below.ways]
    foot = "\n".join(["Respite", letter.below.text, *under])
    return "\n\n".join(map(text_of, letter.parts)) + f"\n{SIGNATURE}{foot}\n"


def text_of(part: Part) -> str:
    if part.kind == "list":
        return "\n".join(f"- {line}" for line in part.lines)
    return f"{part.text}:\n{part.address}" if part.kind == "way" else part.text


def as_html(letter: Letter) -> str:
    """Draw a letter as HTML, in the active language and its direction."""
    language = get_language() or settings.LANGUAGE_CODE
    direction = direction_of(language)
    start, end = ("right", "left") if direction == "rtl" else ("left", "right")
    around = {"language": language, "direction": direction, "start": start, "end": end, "origin": settings.ORIGIN}
    primary = next((number for number, part in enumerate(letter.parts) if part.kind == "way"), -1)
    alone = sum(part.kind == "way" for part in letter.parts) == 1
    context = {"letter": letter, "light": LIGHT, "dark": DARK, "primary": primary, "alone": alone, **around}
    return render_to_string("notifications/letter.html", context)
