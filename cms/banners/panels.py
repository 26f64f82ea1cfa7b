"""How a consultation banner stands before the editor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

from cms.banners.advice import advice_on
from cms.banners.widgets import CHOICES, PlacesWidget
from cms.publishing.forms import offer_in_language


class BannerForm(WagtailAdminModelForm):
    """A banner's form, with a box to tick for each place and for each topic in its language."""

    placements = forms.MultipleChoiceField(label=_("Places"), choices=CHOICES, widget=PlacesWidget, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_in_language(self.fields["topics"], self.instance, self.instance.topics.all())


class AdvicePanel(Panel):
    """Says where the saved banner meets others, and where its call to action leads nowhere. Advice, and no obstacle."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "banners/admin/advice.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "is_saved": bool(self.instance.pk), "advice": advice_on(self.instance)}


BANNER = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("name"),
                FieldPanel("audience", widget=forms.RadioSelect),
                MultiFieldPanel([FieldPanel("heading"), FieldPanel("lead")], heading=_("What it says")),
                HelpPanel(
                    content=_(
                        "<p>A panel’s heading is fixed: the kind of panel and the audience decide it. You write what "
                        "stands below. A claim about what therapy does needs its evidence, or is not made.</p>"
                    )
                ),
                FieldPanel("panels_content"),
                MultiFieldPanel(
                    [FieldPanel("call_to_action"), FieldPanel("call_to_action_page")],
                    heading=_("Call to action"),
                    help_text=_("Words and a page, or neither."),
                ),
            ],
            heading=_("Banner"),
        ),
        ObjectList(
            [
                AdvicePanel(heading=_("To look after")),
                FieldPanel("placements"),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])],
                    heading=_("When it is shown"),
                    help_text=_("Phones keep to these times by their own clock, also without a connection."),
                ),
                FieldPanel("priority"),
            ],
            heading=_("Where and when"),
        ),
        ObjectList([PublishingPanel()], heading=_("Publishing")),
    ],
    base_form_class=BannerForm,
)
