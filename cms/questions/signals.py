"""What follows when an answer goes with whose it was, or whose it was is no longer verified."""

from functools import partial
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.publishing.services import at_end_of_turn, one_writer
from cms.questions.models import Answer, Question
from cms.questions.services import announce
from cms.specialists.models import Specialist


@receiver(post_delete, sender=Answer)
def take_down_answer(instance: Answer, **_: Any) -> None:
    """Have the question say what is left, once, whatever else goes in the same turn."""
    if instance.live:
        with one_writer():
            at_end_of_turn(("question", instance.question_id), partial(announce_again, instance.question_id))


def announce_again(key: int) -> None:
    """Announce a question, if it is still there."""
    question = Question.objects.filter(pk=key).first()
    if question is not None:
        announce(question)


@receiver(post_save, sender=Specialist)
def look_again(instance: Specialist, **_: Any) -> None:
    """Have questions say what is left where somebody who answered them is not verified any more, or no longer shown.

    The library follows a profile that appears or goes; from one state in which it is not public to another it hears
    of nothing.
    """
    if not instance.is_public:
        with one_writer():
            for key in Answer.objects.filter(specialist=instance, live=True).values_list("question_id", flat=True):
                at_end_of_turn(("question", key), partial(announce_again, key))
