"""The shapes of what clients send."""

from rest_framework import serializers

from api.v1.shapes.pieces import Fields
from cms.banners.counting import EVENTS, MOST_ENTRIES, MOST_IN_ENTRY, PROFILE
from cms.banners.places import Placement


class BannerCount(Fields):
    """How often something happened with a banner, in one place on one day; or how often a profile was seen."""

    banner = serializers.UUIDField(help_text="The banner's id; with the placement `profile` the specialist's.")
    placement = serializers.ChoiceField([*Placement.values, PROFILE])
    event = serializers.ChoiceField(
        EVENTS,
        help_text="shown: half of it was visible for a second, once a page view. followed: its call to action was.",
    )
    day = serializers.DateField(help_text="In UTC, one of the last 30.")
    count = serializers.IntegerField(min_value=1, max_value=MOST_IN_ENTRY)


class BannerCounts(Fields):
    """A batch of counts, under a number of its own: sent twice, it counts once."""

    batch = serializers.UUIDField(help_text="Random, and new for every batch.")
    counts = serializers.ListField(child=BannerCount(), min_length=1, max_length=MOST_ENTRIES)
