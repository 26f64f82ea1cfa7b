"""What is kept of somebody who works in the admin: what they said there, what they did, and what is theirs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
)

from cms.people.models import User
from cms.people.rights import holds

COMMENT_ACTIONS = "wagtail.comments."
FORMER = "former.editor@account.invalid"  # a name that no address can have (RFC 2606)


def erase_comments(user: User) -> None:
    """Take away what somebody said beside pages, also out of revisions and the log; what others answered stays."""
    pages = set(Comment.objects.filter(user=user).values_list("page_id", flat=True))
    pages |= set(CommentReply.objects.filter(user=user).values_list("comment__page_id", flat=True))
    said = PageLogEntry.objects.filter(user_id=user.pk, action__startswith=COMMENT_ACTIONS)
    pages |= set(said.values_list("page_id", flat=True))
    answered = CommentReply.objects.exclude(user=user).values("comment")
    left = Comment.objects.filter(user=user, pk__in=answered)
    if left.exists():
        left.update(user=former_editor(), text="…")
    for entry in said:
        entry.data = without_words(entry.data)
        entry.save(update_fields=["data"])
    for revision in Revision.page_revisions.filter(object_id__in=map(str, pages)):
        silence(revision, user)


def former_editor() -> User:
    """Give the account of nobody to which a thread belongs whose beginning was erased."""
    user, made = User.objects.get_or_create(email=FORMER, defaults={"is_active": False, "last_name": "Former editor"})
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def without_words(data: dict[str, Any]) -> dict[str, Any]:
    """Give what is noted of a comment without what it said."""
    return {
        name: {key: value for key, value in told.items() if key != "text"} if name in {"comment", "reply"} else told
        for name, told in data.items()
    }


def silence(revision: Revision, user: User) -> None:
    """Take the words of somebody's comments out of a revision, which keeps all that stood beside the page then."""
    comments = revision.content.get(COMMENTS_RELATION_NAME) or []
    said = [one for comment in comments for one in (comment, *comment.get("replies", []))]
    theirs = [one for one in said if one.get("user") == user.pk]
    for one in theirs:
        one["text"] = "…"
    if theirs:
        Revision.objects.filter(pk=revision.pk).update(content=revision.content)


@holds("comments", _("What you said beside pages"), erase=erase_comments)
def comments(user: User) -> list[dict[str, Any]]:
    begun = Comment.objects.filter(user=user).select_related("page").order_by("pk")
    replies = CommentReply.objects.filter(user=user).select_related("comment__page").order_by("pk")
    said = [(one.page.title, one) for one in begun] + [(one.comment.page.title, one) for one in replies]
    return [{"page": page, "text": one.text, "at": one.created_at.isoformat()} for page, one in said]


@holds("work", _("What is yours in the admin"))
def work(user: User) -> list[dict[str, Any]]:
    pages = Page.objects.filter(owner=user).order_by("pk").values_list("title", flat=True)
    followed = PageSubscription.objects.filter(user=user).order_by("pk").select_related("page")
    return [
        *({"kind": "page", "name": title} for title in pages),
        *({"kind": "person shown to readers", "name": person.name} for person in user.people.order_by("pk")),
        *({"kind": "page whose comments you follow", "name": one.page.title} for one in followed),
    ]


@holds("log", _("What you did in the admin"))
def log(user: User) -> list[dict[str, Any]]:
    done = [one for kind in (PageLogEntry, ModelLogEntry) for one in kind.objects.filter(user_id=user.pk).iterator()]
    done.sort(key=lambda one: one.timestamp)
    return [{"at": one.timestamp.isoformat(), "action": one.action, "about": one.label} for one in done]
