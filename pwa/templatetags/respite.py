"""What the reader's templates say often: icons, plates, dates, telephone links."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.forms import BoundField, Form
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext

from cms.correspondence.forms import ContactForm, FirstMessageForm, MessageForm
from cms.helplines import risk_words
from cms.people.gates import Gate
from cms.publishing.languages import root_of

register = template.Library()

# The forms that stand on pages for everybody, each drawn by the template of its name in pwa/forms.
FORMS: dict[str, type[Form]] = {"contact": ContactForm, "message": MessageForm, "write": FirstMessageForm}
# A slot within an address that was written into another one.
QUOTED_SLOT = re.compile(r"%3C%21--slot%3A([a-z]+)--%3E")

DRAWINGS = ("overlap", "dusk", "echo", "door", "bowl", "steps")
UNSPOKEN_TITLES = {"dr", "prof", "professor", "mr", "mrs", "ms", "mx"}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the shell's sprite, for eyes only."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true" viewBox="0 0 24 24"><use href="#i-{}"/></svg>',
        f" {size}" if size else "",
        name,
    )


@register.simple_tag
def plate(tone: str, seed: str) -> SafeString:
    """Draw the plate of something without a picture: its topic's tone, and a drawing that stays its own."""
    return format_html(
        '<svg class="plate" data-tone="{}" aria-hidden="true" viewBox="0 0 120 80" '
        'preserveAspectRatio="xMidYMid slice"><use href="#p-{}"/></svg>',
        tone or "plum",
        DRAWINGS[crc32(seed.encode()) % len(DRAWINGS)],
    )


@register.filter
def day(moment: str) -> SafeString:
    """Write an ISO date or time as a day: 12 March 2026."""
    return _time(moment, pgettext("how a day is written", "j F Y"))


@register.filter
def month(moment: str) -> SafeString:
    """Write an ISO date or time as a month: March 2026."""
    return _time(moment, pgettext("how a month is written", "F Y"))


@register.filter
def day_after(value: str) -> str:
    """Give the moment at which an ISO date has passed: what is due on a day is not overdue before the next."""
    return f"{date.fromisoformat(value) + timedelta(days=1)}T00:00:00+00:00"


@register.filter
def initials(name: str) -> str:
    """Give the letters that stand for a person: Dr Tomas Feld is TF."""
    words = [word for word in name.split() if word.rstrip(".").lower() not in UNSPOKEN_TITLES] or ["?"]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def dialled(number: str) -> str:
    """Give a telephone number as a device dials it."""
    return "".join(character for character in number if character.isdigit() or character in "+*#")


@register.filter
def slugs(chips: list[dict[str, Any]]) -> str:
    """Give topics as a banner's slot names them: ``sleep,loss``, or ``-`` for none."""
    return ",".join(chip["slug"] for chip in chips) or "-"


@register.simple_tag
def count_slot(topic: str) -> SafeString:
    """Give the slot of a topic's number of articles, to be set into a sentence."""
    return format_html("{}", mark_safe(f"<!--slot:count topic={topic}-->"))


@register.filter
def srcset(image: dict[str, Any]) -> str:
    """Give a picture's sources as an ``srcset``."""
    return ", ".join(f"{source['src']} {source['width']}w" for source in image["sources"])


def _time(value: str, pattern: str) -> SafeString:
    parsed = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return format_html('<time datetime="{}">{}</time>', value[:10], date_format(parsed, pattern))


@register.simple_tag(takes_context=True)
def here(context: template.Context, path: str) -> SafeString:
    """Leave the slot that marks the way to where one is; a page that is drawn whole marks nothing."""
    return here_whole(context, context["frame"].root + path)


@register.simple_tag(takes_context=True)
def here_whole(context: template.Context, path: str) -> SafeString:
    """Do the same for an address that has its language in front already, or none."""
    return format_html("{}", mark_safe(f"<!--here:{path}-->") if context["frame"].slots else "")


@register.simple_tag(takes_context=True)
def languages_offered(context: template.Context) -> SafeString:
    """Leave the slot for the ways to other languages; a page that is drawn whole is its own in every language."""
    from pwa.compose import languages

    frame = context["frame"]
    if frame.slots:
        return mark_safe("<!--slot:languages-->")
    ways = {language["code"]: f"?language={language['code']}" for language in frame.languages}
    return mark_safe(languages(frame.language, ways, frame.languages))  # made of our own settings


@register.simple_tag(takes_context=True)
def frame_around(context: template.Context) -> Any:
    """Give the frame of what is drawn: the one it was given, or, on a page that is drawn whole, today's."""
    if "frame" in context:
        return context["frame"]
    from pwa.frame import current_frame, release

    today = current_frame(timezone.now())
    return replace(today, slots=False, version=release(today).version)


@register.simple_tag
def form_field(field: BoundField) -> SafeString:
    """Draw a form's control, tied to its errors and its hint."""
    described = [f"{field.auto_id}-error"] if field.errors else []
    described += [f"{field.auto_id}-hint"] if field.help_text else []
    attributes: dict[str, str | bool] = {"class": "" if field.widget_type == "checkbox" else "input", "placeholder": ""}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attributes)


# ---- Writing -----------------------------------------------------------------------------------


@register.simple_tag
def gate(name: str, form: str) -> SafeString:
    """Draw one of the four gates; whoever logs in goes on to the private page of the form.

    Its address may have slots, such as ``/own/messages/to/<!--slot:slug-->/``; they are left open.
    """
    html = render_to_string("pwa/forms/gate.html", {"gate": Gate(name), "next": form}).strip()
    return mark_safe(QUOTED_SLOT.sub(r"<!--slot:\1-->", html))


@register.simple_tag
def form_of(name: str) -> SafeString:
    """Draw an empty form as the phone shows it: without a token, which is asked for when it is sent."""
    context = {"form": FORMS[name](), "root": root_of(get_language() or "")}
    return mark_safe(render_to_string(f"pwa/forms/{name}.html", context).strip())


@register.simple_tag
def privacy_contact() -> str:
    """Give the address to which anybody may write about their data, with or without an account."""
    return str(settings.PRIVACY_CONTACT)


@register.simple_tag
def risk_phrases() -> str:
    """Give the words at which a form's script shows help, as they are compared: a list in JSON."""
    return json.dumps(risk_words.phrases(), ensure_ascii=False)
