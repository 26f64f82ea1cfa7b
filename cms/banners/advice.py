"""What to look after: banners that meet, calls to action that lead nowhere or soon will, places that stay empty.

Nothing of this keeps anybody from saving or publishing.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction

from cms.banners.models import Banner
from cms.banners.places import Placement
from cms.banners.schedule import Plan, State, day_of, overlaps_of, places_of, plan_of, plans
from cms.consultations.models import Audience

# Whom the pages with these places speak to. All other places are on pages for clients.
FOR_SPECIALISTS = frozenset({Placement.SPECIALIST_AREA.value})


def closed_paths() -> list[str]:
    """Give the tree paths below which not everybody may read. One query."""
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


def advice_on(banner: Banner) -> list[str]:
    """Say everything that is to be looked after with one version of a banner, such as a form holds."""
    if not banner.pk:
        return []
    now = timezone.now()
    plan = plan_of(banner, now)
    met = overlaps_of(plan, (other for other in plans(now) if other.state != State.OVER), now)
    return [*advice(plan, closed_paths(), now), *(overlap.sentence(banner) for overlap in met)]


def advice(plan: Plan, closed: Iterable[str], now: datetime) -> list[str]:
    """Say what is to be looked after: a sentence each, none where all is well. What is over needs no advice."""
    if plan.state == State.OVER:
        return []
    return [*_nobody_there(plan), *_leading_nowhere(plan, closed, now)]


def _nobody_there(plan: Plan) -> list[str]:
    speaks_to_specialists = plan.banner.audience == Audience.SPECIALIST
    wrong = [place for place in plan.banner.placements if (place in FOR_SPECIALISTS) != speaks_to_specialists]
    if not wrong:
        return []
    text = _("It will not stand here, because these pages speak to the other audience: %(places)s.")
    return [text % {"places": places_of(wrong)}]


def _leading_nowhere(plan: Plan, closed: Iterable[str], now: datetime) -> list[str]:
    page = plan.banner.call_to_action_page
    if page is None:
        return []
    title = page.get_admin_display_title()
    if not page.live:
        return [_("Its call to action leads nowhere: “%(page)s” is not published.") % {"page": title}]
    if page.get_url_parts() is None:
        return [_("Its call to action leads nowhere: “%(page)s” stands outside the site.") % {"page": title}]
    if any(page.path.startswith(path) for path in closed):
        return [_("Its call to action leads nowhere: not everybody may read “%(page)s”.") % {"page": title}]
    found = []
    if page.expire_at is not None and (plan.ends is None or page.expire_at < plan.ends):
        text = _("Its call to action will lead nowhere before the banner ends: “%(page)s” expires on %(day)s.")
        found.append(text % {"page": title, "day": day_of(page.expire_at)})
    if plan.banner.led_to and plan.banner.led_to != page.url_path:
        text = _("“%(page)s” has moved since the banner was published. The link follows; see that the words still fit.")
        found.append(text % {"page": title})
    return found
