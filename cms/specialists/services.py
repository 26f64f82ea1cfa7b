"""What somebody may do with their own profile. What moderators may is in :mod:`cms.specialists.moderation`.

Every function is the one writer while it works, writes a step into the profile's history and a line into the admin's
log, and has a letter sent once all is committed.
"""

from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from cms.people.models import User
from cms.publishing.services import one_writer
from cms.specialists import files
from cms.specialists.choices import Changes, State
from cms.specialists.letters import tell, tell_moderators
from cms.specialists.models import OF_THE_WHOLE, Specialist, Step
from cms.specialists.photos import forget_photos, photos_of, picture_of
from cms.specialists.readiness import is_waiting, lacks, may_submit
from cms.specialists.turns import Refused, note, own_turn, reloaded

# What stands below /specialists/ by itself.
RESERVED = ("join",)


def profile_of(user: User) -> Specialist | None:
    """Give somebody's profile, if they have begun one."""
    return Specialist.objects.filter(user=user).select_related("latest_revision").first()


def start(user: User) -> Specialist:
    """Begin somebody's profile; give the one they have where there is one."""
    with one_writer():
        known = profile_of(user)
        if known is not None:
            return known
        specialist = Specialist(user=user, name=user.get_full_name(), live=False, slug=free_slug(user.get_full_name()))
        specialist.letters_in = get_language() or ""
        specialist.save()
        specialist.save_revision(user=user, clean=False)
        note(specialist, Step.Action.STARTED, user)
        return specialist


def free_slug(name: str, own: Any = None) -> str:
    """Give an address that nobody has, after a name."""
    base = slugify(name)[:180] or "profile"
    taken = {
        *RESERVED,
        *Specialist.objects.filter(slug__startswith=base).exclude(pk=own).values_list("slug", flat=True),
    }
    return next(
        slug
        for slug in (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 3))
        if slug not in taken
    )


def save_draft(user: User, values: dict[str, Any], photo: Any = None, remove_photo: bool = False) -> Specialist:
    """Keep what somebody has written, complete or not. What readers see stays as it is.

    ``values`` are fields of :class:`Specialist` and ``topics``. Raises :class:`Refused` while it is being looked at.
    """
    with own_turn(user) as specialist:
        if is_waiting(specialist):
            raise Refused(gettext("Somebody is looking at it. Take it back first, then change it."))
        draft = specialist.draft
        # What belongs to the whole, such as the time zone, holds at once.
        for name, value in values.items():
            setattr(specialist if name in OF_THE_WHOLE else draft, name, value)
        if photo is not None or remove_photo:
            draft.photo = picture_of(specialist, photo) if photo is not None else None
        specialist.letters_in = get_language() or ""
        if specialist.first_published_at is None:
            specialist.slug = free_slug(draft.name, specialist.pk)
        if specialist.state == State.VERIFIED and specialist.changes == Changes.NONE:
            specialist.changes = Changes.DRAFT
        specialist.save(update_fields=["slug", "changes", "letters_in", "time_zone"])
        draft.slug = specialist.slug
        draft.save_revision(user=user, clean=False)
        forget_photos(specialist)
        return reloaded(specialist)


def submit(user: User) -> Specialist:
    """Hand a profile, or changes to a public one, in to be looked at. Raises :class:`Refused` with what is missing."""
    with own_turn(user) as specialist:
        if not may_submit(specialist):
            raise Refused(gettext("There is nothing to hand in."))
        if problems := lacks(specialist):
            raise Refused(*problems)
        if specialist.state == State.VERIFIED:
            specialist.changes, action = Changes.SUBMITTED, Step.Action.CHANGES_SUBMITTED
        else:
            specialist.state, action = State.SUBMITTED, Step.Action.SUBMITTED
        specialist.submitted_at = timezone.now()
        specialist.letters_in = get_language() or ""
        specialist.save(update_fields=["state", "changes", "submitted_at", "letters_in"])
        note(specialist, action, user)
        tell(
            specialist,
            _("Your profile on Respite was handed in"),
            _("Thank you. A moderator looks at it, usually within five working days, and you hear from us here."),
        )
        tell_moderators(specialist)
        return specialist


def take_back(user: User) -> Specialist:
    """Take back what waits to be looked at, to change it. Raises :class:`Refused` where nothing waits."""
    with own_turn(user) as specialist:
        if not is_waiting(specialist):
            raise Refused(gettext("Nothing of yours waits to be looked at."))
        if specialist.state == State.VERIFIED:
            specialist.changes = Changes.DRAFT
        else:
            specialist.state = State.DRAFT
        specialist.save(update_fields=["state", "changes"])
        note(specialist, Step.Action.WITHDRAWN, user)
        return specialist


def offer_consultations(user: User, offers: bool) -> Specialist:
    """Say whether somebody offers a free first consultation. Nobody has to look at that."""
    with own_turn(user) as specialist:
        if specialist.offers_consultation != offers:
            specialist.offers_consultation = offers
            specialist.save(update_fields=["offers_consultation"])
            log(specialist, "specialists.offer", user=user, data={"offers": offers})
        return specialist


def delete_profile(user: User) -> None:
    """Take somebody's profile away with all that belongs to it; their account stays."""
    with own_turn(user) as specialist:
        take_away(specialist)


def take_away(specialist: Specialist) -> None:
    """Delete a profile, its history, what was handed in and its photos. Only as the one writer."""
    for key in specialist.evidence.values_list("pk", flat=True):
        transaction.on_commit(partial(files.throw_away, key))
    photos = list(photos_of(specialist.user))
    of_profiles = ContentType.objects.get_for_model(Specialist)
    ModelLogEntry.objects.filter(content_type=of_profiles, object_id=str(specialist.pk)).delete()
    specialist.delete()
    for picture in photos:
        picture.delete()
