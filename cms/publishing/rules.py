"""What must be true of a thing before it is published, whichever way it is published.

Wagtail lets drafts be incomplete, and publishes on some ways (a workflow's approval, the schedule, in bulk)
without asking a form. All of them end in the thing's own ``publish``, so the rules are held there.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Revision


class NotReady(Exception):
    """A thing cannot be published yet. ``problems`` says what to do, a sentence each."""

    def __init__(self, thing: Any, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.thing = thing
        self.problems = problems


class PublishedUnderRules:
    """Refuses to be published while something is missing. Stands before Wagtail's own classes."""

    def publishing_problems(self) -> list[str]:
        """Give what a thing of this kind still lacks, beyond what its fields say: a sentence each."""
        return []

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision. Raises :class:`NotReady` if that version cannot stand in public."""
        version = revision.as_object()
        if problems := problems_of(version):
            raise NotReady(version, problems)
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]  # the mixed-in class has it


def problems_of(thing: Any) -> list[str]:
    """Give every reason why a thing cannot be published, a sentence each; none where it can be."""
    problems = [*_field_problems(thing, exclude=[]), *_block_problems(thing)]
    for relation in get_all_child_relations(type(thing)):
        for child in getattr(thing, relation.get_accessor_name()).all():
            name = capfirst(str(child._meta.verbose_name))
            problems += [f"{name}: {problem}" for problem in _field_problems(child, exclude=[relation.field.name])]
    return [*problems, *(problem for problem in thing.publishing_problems() if problem not in problems)]


def _field_problems(thing: models.Model, exclude: list[str]) -> list[str]:
    try:
        thing.full_clean(exclude=exclude)
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            return list(error.messages)
        return [
            message if name == "__all__" else f"{_label(thing, name)}: {message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def _label(thing: models.Model, name: str) -> str:
    try:
        return capfirst(str(getattr(thing._meta.get_field(name), "verbose_name", name)))
    except FieldDoesNotExist:
        return name


def _block_problems(thing: models.Model) -> list[str]:
    """What is missing inside the blocks of a thing; a model's own validation does not look there."""
    problems = []
    for field in thing._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        value = getattr(thing, field.name)
        for number, child in enumerate(value, start=1):
            try:
                child.block.clean(child.value)
            except ValidationError as error:
                problems.append(
                    _("%(field)s, block %(number)d (%(block)s): fill in what is missing. %(detail)s")
                    % {
                        "field": capfirst(str(field.verbose_name)),
                        "number": number,
                        "block": child.block.label,
                        "detail": " ".join(_details(error, child.block)),
                    }
                )
    return problems


def _details(error: Any, block: Any) -> list[str]:
    inner = getattr(error, "block_errors", None)
    if not inner:
        return [str(message) for message in getattr(error, "messages", [])]
    if isinstance(inner, dict):
        children = getattr(block, "child_blocks", {})
        return [
            f"{children[name].label if name in children else name}: {detail}"
            for name, one in inner.items()
            for detail in _details(one, children.get(name))
        ]
    child = getattr(block, "child_block", None)
    return [detail for one in inner if one is not None for detail in _details(one, child)]
