"""The pieces an article is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT = ["bold", "italic", "link", "citation", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    """Begins a section; level 2 stands in the contents list."""

    text = blocks.CharBlock(max_length=200, label=_("Heading"))
    level = blocks.ChoiceBlock(choices=[("2", _("Section")), ("3", _("Subsection"))], default="2", label=_("Level"))

    class Meta:
        icon = "title"
        label = _("Heading")


class QuoteBlock(blocks.StructBlock):
    """A sentence set apart, or somebody's words with their name."""

    text = blocks.TextBlock(label=_("Words"))
    attribution = blocks.CharBlock(required=False, max_length=200, label=_("Whose words"))

    class Meta:
        icon = "openquote"
        label = _("Quote")


class TakeawaysBlock(blocks.StructBlock):
    """What to remember if one remembers nothing else."""

    items = blocks.ListBlock(blocks.TextBlock(label=_("Takeaway")), min_num=1, max_num=7, label=_("Takeaways"))

    class Meta:
        icon = "pick"
        label = _("Key takeaways")


class ExerciseBlock(blocks.StructBlock):
    """Something to try, in steps."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    introduction = blocks.TextBlock(required=False, label=_("Introduction"))
    steps = blocks.ListBlock(blocks.TextBlock(label=_("Step")), min_num=1, label=_("Steps"))

    class Meta:
        icon = "tasks"
        label = _("Exercise")


class ListBlock(blocks.StructBlock):
    """A list under a title of its own."""

    title = blocks.CharBlock(required=False, max_length=200, label=_("Title"))
    items = blocks.ListBlock(blocks.TextBlock(label=_("Item")), min_num=1, label=_("Items"))

    class Meta:
        icon = "list-ul"
        label = _("List")


class PictureBlock(blocks.StructBlock):
    """A picture that says something, and the same said in words."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        max_length=300, label=_("Alternative text"), help_text=_("What the picture says, for those who do not see it.")
    )
    caption = blocks.CharBlock(required=False, max_length=300, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")


class FindSupportBlock(blocks.StructBlock):
    """An offer of help in the middle of an article, with the way to Help now."""

    title = blocks.CharBlock(max_length=200, default=_("Has this stirred something up?"), label=_("Title"))
    text = blocks.TextBlock(label=_("Words"))

    class Meta:
        icon = "help"
        label = _("Find support")


class ArticleBodyBlock(blocks.StreamBlock):
    """The body of an article, or of any page that reads like one."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(features=RICH_TEXT, icon="pilcrow", label=_("Text"))
    quote = QuoteBlock()
    takeaways = TakeawaysBlock()
    exercise = ExerciseBlock()
    list = ListBlock()
    image = PictureBlock()
    find_support = FindSupportBlock()
