"""What becomes of an article's topics when a draft of it is made in another language."""

from typing import Any

from wagtail.models import Page
from wagtail.signals import copy_for_translation_done

from cms.articles.models import Article, Topic


def connect() -> None:
    """Listen to translations being made."""
    copy_for_translation_done.connect(choose_translated_topics, dispatch_uid="articles.topics")


def choose_translated_topics(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """Give a translated article the same topics in its own language, as far as there are such."""
    source = source_obj.specific if isinstance(source_obj, Page) else source_obj
    if not isinstance(source, Article):
        return
    article: Any = target_obj.specific
    keys = source.topics.values_list("translation_key", flat=True)
    article.topics = list(Topic.objects.filter(translation_key__in=list(keys), locale_id=article.locale_id))
    article.save_revision(log_action=False, clean=False)
