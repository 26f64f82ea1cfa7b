"""Users, who log in, and people, whom readers see: authors and clinical reviewers."""

import uuid
from collections import Counter
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager, Permission
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.publishing.models import PublishedSnippet
from cms.references.identifiers import normal_orcid


class UserQuerySet(models.QuerySet["User"]):
    """Several accounts."""

    def delete(self) -> tuple[int, dict[str, int]]:
        """Take accounts away one by one, each with what would outlast it."""
        counts: Counter[str] = Counter()
        for user in self:
            counts.update(user.delete()[1])
        return counts.total(), dict(counts)

    # As Django's own: a manager has no such method, by which all of them could be taken away in a slip.
    delete.alters_data = delete.queryset_only = True  # type: ignore[attr-defined]


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # made at run time
    """Makes users by their email address."""

    def who_may(self, permission: str) -> "models.QuerySet[User]":
        """Give those who were given a permission (``app.codename``), by a group or by themselves."""
        app, codename = permission.split(".")
        wanted = Permission.objects.filter(content_type__app_label=app, codename=codename)
        given = models.Q(groups__permissions__in=wanted) | models.Q(user_permissions__in=wanted)
        return self.filter(given, is_active=True).distinct()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Somebody with an account. The email address is the name to log in with."""

    username = None  # type: ignore[assignment]  # taken away: people log in by their address
    email = models.EmailField(_("email address"), unique=True)
    # By which a phone tells one account from another, without knowing whose it is.
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    closed_at = models.DateTimeField(
        _("closed"), null=True, blank=True, editable=False, help_text=_("By whose it is; it is about to be deleted.")
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()  # type: ignore[misc]  # AbstractUser's own wants a username

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Take an account away, whoever does: first what would outlast its row, or take what is others' with it."""
        from cms.people.rights import erase_holdings
        from cms.publishing.services import one_writer

        with one_writer(), transaction.atomic():
            erase_holdings(self)
            return super().delete(*args, **kwargs)


class Export(models.Model):
    """Everything about somebody, collected for them to take along; sealed, and kept for a week."""

    KEPT = timedelta(days=7)
    PATIENCE = timedelta(minutes=10)

    class State(models.TextChoices):
        COLLECTING = "collecting", _("being collected")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="export")
    state = models.CharField(max_length=12, choices=State.choices, default=State.COLLECTING)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    sealed = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_state_display()}"

    @property
    def is_being_collected(self) -> bool:
        """Whether something may still come of it; whoever collects it can be ended half-way."""
        return self.state == self.State.COLLECTING and self.asked_at >= timezone.now() - self.PATIENCE

    @property
    def has_failed(self) -> bool:
        """Whether nothing will come of it."""
        return self.state != self.State.READY and not self.is_being_collected

    @property
    def kept_until(self) -> Any:
        """The moment from which it is taken away."""
        return self.asked_at + self.KEPT


class Person(PublishedSnippet):
    """An author or clinical reviewer as readers meet them."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=200, unique=True)
    credentials = models.CharField(
        _("credentials"),
        max_length=200,
        help_text=_("As readers should see them, such as “PhD, clinical psychologist”."),
    )
    biography = RichTextField(_("about"), blank=True, features=["bold", "italic", "link"])
    photo = models.ForeignKey(
        "pictures.Picture", verbose_name=_("photo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.ForeignKey(
        User,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
        help_text=_("Whose articles and reviews these are. Whoever approves a clinical review is named as reviewer."),
    )
    orcid = models.CharField(_("ORCID iD"), max_length=60, blank=True, help_text=_("Such as 0000-0002-1825-0097"))

    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("live")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.orcid.strip() and not normal_orcid(self.orcid):
            message = _("This is not an ORCID iD: its last digit does not fit the others. Copy it from orcid.org.")
            raise ValidationError({"orcid": message})
        self.orcid = normal_orcid(self.orcid)
