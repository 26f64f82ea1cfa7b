"""The list of questions and the page on which one is asked: the same bytes for everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.library.models import Entry, Kind
from api.v1.parameters import SLUG
from pwa import compose, pages
from pwa.answers import Document, answer
from pwa.frame import part
from pwa.pages import Desk, memory, page_number, seconds_left, title_head
from pwa.shelf import Shelf


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every public question, newest first; ``?topic=`` keeps those about one."""
    desk = Desk.now_open()
    number, topic = page_number(request), request.GET.get("topic", "")
    if number is None or (topic and not SLUG.fullmatch(topic)):
        return pages.missing(request, desk)
    path = f"{desk.frame.root}/questions/"
    key = f"{path}?topic={topic}&page={number}"
    kept = memory.get(key, desk.stamp, desk.now)
    if kept is None:
        asked = {"topic": [topic]} if topic else {}
        found = Shelf(desk.frame, desk.now, asked=asked).questions_asked().order_by()
        if not is_there(desk, topic) or (number > 1 and found.count() <= (number - 1) * compose.CARDS_ON_A_PAGE):
            return pages.missing(request, desk)
        description = _("Questions that people have asked under a pseudonym, answered by verified specialists.")
        canonical = settings.ORIGIN + path
        head = title_head(_("Questions"), description, canonical, index=not topic)
        html = desk.page(part("questions"), head, path, number, asked=asked)
        kept = memory.put(key, desk.stamp, Document(html.encode()), desk.now, desk.holds())
    return answer(request, kept, seconds_left(kept, desk.now))


def is_there(desk: Desk, topic: str) -> bool:
    """Say whether a topic is one that readers see; no topic is all of them."""
    running = Entry.objects.running_at(desk.now).filter(kind=Kind.TOPIC, language=desk.frame.language)
    return not topic or running.filter(slug=topic).exists()


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where a question is asked."""
    desk = Desk.now_open()
    path = f"{desk.frame.root}/questions/ask/"
    description = _("Ask a verified specialist under a pseudonym. A moderator reads it first.")
    head = title_head(_("Ask a question"), description, settings.ORIGIN + path, index=True)
    return answer(request, Document(desk.page(part("ask"), head, path).encode()), desk.holds())
