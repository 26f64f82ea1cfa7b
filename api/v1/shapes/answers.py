"""What is answered: lists, changes, search results, the session, problems."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from api.v1.shapes.pieces import Fields
from api.v1.shapes.things import PAGES, Article, ArticleCard, Banner, Helpline, Person, Reference, Topic

# ---- The change feed -------------------------------------------------------------------------


class ChangeFields(Fields):
    """What every change says."""

    revision = serializers.IntegerField(min_value=1, help_text="Rises in the order of commits.")
    id = serializers.UUIDField()
    path = serializers.CharField(allow_null=True)
    etag = serializers.CharField(allow_blank=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)


DATA: dict[str, Any] = {
    "article": Article(),
    "page": PolymorphicProxySerializer("Page", serializers=PAGES, resource_type_field_name="type"),
    "topic": Topic(),
    "person": Person(),
    "reference": Reference(),
    "banner": Banner(),
    "helpline": Helpline(),
}


def upsert_of(kind: str, data: Any) -> type[Fields]:
    """Give the shape of a change that publishes or republishes a thing of one kind."""
    fields = {
        "op": serializers.ChoiceField(["upsert"]),
        "kind": serializers.ChoiceField([kind]),
        "data": data,
        "__doc__": f"Published or changed: put this {kind} in the place of what you have under its id.",
    }
    return type(f"{kind.capitalize()}Upsert", (ChangeFields,), fields)


class Withdrawal(Fields):
    """Why something was withdrawn, and what to read instead."""

    reason = serializers.CharField()
    replacement_path = serializers.CharField(allow_null=True, allow_blank=True)


class Deletion(ChangeFields):
    """No longer public: drop what you have under this id. ``data`` says why, where there is a public reason."""

    op = serializers.ChoiceField(["delete"])
    kind = serializers.ChoiceField(list(DATA))
    data = Withdrawal(allow_null=True)


AnyChange = PolymorphicProxySerializer(
    component_name="Change",
    serializers=[*(upsert_of(kind, data) for kind, data in DATA.items()), Deletion],
    resource_type_field_name=None,
    many=True,
)


@extend_schema_field(AnyChange)
class ChangesField(serializers.ListField):
    """Changes, in the order in which they were committed."""


class Changes(Fields):
    """One page of the change feed. Keep ``cursor`` with what you stored, and ask with it next time."""

    changes = ChangesField()
    cursor = serializers.CharField()
    more = serializers.BooleanField(help_text="There is more already: ask again at once.")
    epoch = serializers.UUIDField(help_text="Names this history of revisions.")


# ---- Search, session, problems ---------------------------------------------------------------


class SearchResult(Fields):
    """Something that was found. ``title_html`` and ``excerpt_html`` are escaped text with ``<mark>`` elements."""

    kind = serializers.ChoiceField([kind for kind in DATA if kind != "banner"])
    id = serializers.UUIDField()
    path = serializers.CharField(allow_null=True)
    title = serializers.CharField()
    title_html = serializers.CharField()
    excerpt_html = serializers.CharField(allow_blank=True)


class SearchResults(Fields):
    """One page of what was found, best first."""

    query = serializers.CharField(allow_blank=True)
    results = SearchResult(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class SessionUser(Fields):
    """Who is signed in."""

    name = serializers.CharField(allow_blank=True)
    email = serializers.EmailField()
    may_edit = serializers.BooleanField(help_text="May enter the editors' area.")


class Session(Fields):
    """Who I am, and the token that a write must carry in the header X-CSRFToken."""

    signed_in = serializers.BooleanField()
    user = SessionUser(allow_null=True)
    csrf_token = serializers.CharField()


class Problem(Fields):
    """What went wrong (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField()


class InvalidParameters(Problem):
    """Query parameters that cannot be used."""

    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Sentences, by parameter."
    )


class GoneProblem(Problem):
    """What was public and no longer is."""

    reason = serializers.CharField(allow_null=True, help_text="Why it was withdrawn, where that was said in public.")
    replacement_path = serializers.CharField(allow_null=True, help_text="The page to read instead.")


def listing(name: str, item: type[Fields]) -> type[Fields]:
    """Give the shape of a list of things: its page, and the addresses of its neighbours, as paths on the same host."""
    fields = {
        "results": item(many=True),
        "next": serializers.CharField(allow_null=True),
        "previous": serializers.CharField(allow_null=True),
        "__doc__": "One page of a list.",
    }
    return type(name, (Fields,), fields)


ArticleList = listing("ArticleList", ArticleCard)
ReferenceList = listing("ReferenceList", Reference)
TopicList = listing("TopicList", Topic)
BannerList = listing("BannerList", Banner)
HelplineList = listing("HelplineList", Helpline)
