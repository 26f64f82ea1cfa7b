"""How a consultation banner stands before the editor."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)

from cms.banners.models import Placement


class BannerForm(WagtailAdminModelForm):
    """A banner's form, with a box to tick for each place."""

    placements = forms.MultipleChoiceField(
        label=_("Places"), choices=Placement.choices, widget=forms.CheckboxSelectMultiple, required=False
    )


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
