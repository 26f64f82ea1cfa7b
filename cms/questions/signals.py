"""What follows when an answer goes with whose it was."""

from functools import partial
from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from cms.publishing.services import at_end_of_turn, one_writer
from cms.questions.models import Answer, Question
from cms.questions.services import announce


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
