"""Reasons for which moderators give something back or do not publish it, in the words that its author reads."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# What may be said of a question.
OF_QUESTIONS: dict[str, Any] = {
    "identifies": _(
        "It names a person or a place, or says so much that somebody could be known by it. Please leave that out."
    ),
    "unclear": _("It is hard to see what you would like to know. Please say it in other words."),
    "individual": _(
        "It asks for a diagnosis, or about your own medicines: nobody can say that who has not met you. A doctor can. "
        "What can be asked here is what holds for many."
    ),
    "asked_before": _("The same was asked here before. You find the answer under Questions."),
    "method": _("It describes how people harm themselves, which can harm those who read it. Please leave that out."),
    "advertising": _("It offers or advertises something."),
    "elsewhere": _("It is not about mental health, which is what the specialists here know about."),
}
# What may be said of an answer.
OF_ANSWERS: dict[str, Any] = {
    "individual": _("It makes a diagnosis, or advises about the medicines, of somebody whom you have not met."),
    "evidence": _(
        "It says that something works without saying what shows it. Please name the source, or leave it out."
    ),
    "identifies": _("It says something by which the person who asked, or somebody else, could be known."),
    "advertising": _("It advertises. The way to your profile stands below the answer by itself."),
    "unclear": _("It is hard to follow for somebody who is not a specialist. Please say it in plainer words."),
    "tone": _("It blames or frightens where it does not have to. Please say it more gently."),
    "question": _("It does not answer what was asked."),
}
