"""From what people wrote to what any client may have of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from api.library.builders.article import describe_article
from api.library.builders.notices import describe_banner, describe_helpline, describe_promotion
from api.library.builders.page import describe_page
from api.library.builders.snippets import describe_person, describe_reference, describe_topic
from api.library.builders.specialist import describe_specialist
from api.library.description import Description
from api.library.models import Kind
from api.library.sources import kind_of
from api.library.translations import language_of

BUILDERS: dict[Kind, Callable[[Any, datetime], Description]] = {
    Kind.ARTICLE: describe_article,
    Kind.PAGE: describe_page,
    Kind.TOPIC: describe_topic,
    Kind.PERSON: describe_person,
    Kind.REFERENCE: describe_reference,
    Kind.BANNER: describe_banner,
    Kind.HELPLINE: describe_helpline,
    Kind.PROMOTION: describe_promotion,
    Kind.SPECIALIST: describe_specialist,
}


def describe(source: Any, moment: datetime | None = None) -> Description:
    """Describe a page or snippet as it is set on this object, saved or not, published or draft.

    Whatever it names is read as it stands in the library at that moment, so what is not public is left out,
    in the preview of a draft as on the published page. Writes nothing but missing sizes of pictures.
    Raises LookupError for what is not published at all.
    """
    kind = kind_of(source)
    if kind is None:
        raise LookupError(f"{type(source).__name__} is not a kind of thing that is published")
    with override(language_of(source)):
        return BUILDERS[kind](source, moment or timezone.now())
