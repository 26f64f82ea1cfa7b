"""What things are made of: pictures, chips, locators, blocks."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from cms.articles.models import Tone
from cms.references.locators import CHOICES

Fields = serializers.Serializer[Any]


class ImageSource(Fields):
    """One width of a picture."""

    src = serializers.CharField()
    width = serializers.IntegerField(min_value=1)


class Image(Fields):
    """A picture in the widths there are of it; ``src`` is the one for a page of usual width."""

    src = serializers.CharField()
    width = serializers.IntegerField(min_value=1)
    height = serializers.IntegerField(min_value=1)
    alt = serializers.CharField(allow_blank=True, help_text="What it shows; empty where it only decorates.")
    sources = ImageSource(many=True)


class TopicChip(Fields):
    """A topic as it stands on an article."""

    id = serializers.UUIDField()
    path = serializers.CharField()
    slug = serializers.CharField()
    title = serializers.CharField()
    tone = serializers.ChoiceField(Tone.choices)


class PersonChip(Fields):
    """A person as an article names them."""

    id = serializers.UUIDField()
    path = serializers.CharField()
    slug = serializers.CharField()
    name = serializers.CharField()
    credentials = serializers.CharField(allow_blank=True)


class Seo(Fields):
    """What search engines and link previews are told."""

    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)


class Locator(Fields):
    """A place in a work and what is to be found there; ``text`` is what is printed."""

    label = serializers.ChoiceField([label for label, _ in CHOICES])
    value = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    text = serializers.CharField()


# ---- Blocks of a body ------------------------------------------------------------------------


class Block(Fields):
    """What every block has."""

    id = serializers.CharField()


class HeadingBlock(Block):
    """Begins a section; ``anchor`` is its id in the page."""

    type = serializers.ChoiceField(["heading"])
    text = serializers.CharField()
    level = serializers.IntegerField(min_value=2, max_value=3)
    anchor = serializers.CharField()


class TextBlock(Block):
    """Paragraphs and lists, sanitised: safe to put in a page as it is."""

    type = serializers.ChoiceField(["text"])
    html = serializers.CharField(allow_blank=True)


class QuoteBlock(Block):
    """Words set apart, with whose they are where they are somebody's."""

    type = serializers.ChoiceField(["quote"])
    text = serializers.CharField()
    attribution = serializers.CharField(allow_blank=True)


class TakeawaysBlock(Block):
    """What to remember."""

    type = serializers.ChoiceField(["takeaways"])
    items = serializers.ListField(child=serializers.CharField())


class ExerciseBlock(Block):
    """Something to try, in steps."""

    type = serializers.ChoiceField(["exercise"])
    title = serializers.CharField()
    introduction = serializers.CharField(allow_blank=True)
    steps = serializers.ListField(child=serializers.CharField())


class ListBlock(Block):
    """A list under a title of its own."""

    type = serializers.ChoiceField(["list"])
    title = serializers.CharField(allow_blank=True)
    items = serializers.ListField(child=serializers.CharField())


class ImageBlock(Block):
    """A picture that says something."""

    type = serializers.ChoiceField(["image"])
    image = Image(allow_null=True)
    caption = serializers.CharField(allow_blank=True)


class FindSupportBlock(Block):
    """An offer of help; leads to Help now."""

    type = serializers.ChoiceField(["find_support"])
    title = serializers.CharField()
    text = serializers.CharField()


BLOCKS: dict[str, serializers.Serializer | type[serializers.Serializer]] = {
    "heading": HeadingBlock,
    "text": TextBlock,
    "quote": QuoteBlock,
    "takeaways": TakeawaysBlock,
    "exercise": ExerciseBlock,
    "list": ListBlock,
    "image": ImageBlock,
    "find_support": FindSupportBlock,
}
AnyBlock = PolymorphicProxySerializer(
    component_name="Block", serializers=BLOCKS, resource_type_field_name="type", many=True
)


@extend_schema_field(AnyBlock)
class BodyField(serializers.ListField):
    """The blocks of a body, in order."""
