"""What is answered: lists, changes, search results, the session, problems."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from api.library.models import SEARCHABLE
from api.v1.shapes.pieces import Fields
from api.v1.shapes.things import (
    PAGES,
    Article,
    ArticleCard,
    Banner,
    Helpline,
    Person,
    Question,
    QuestionCard,
    Reference,
    Specialist,
    SpecialistCard,
    Topic,
)

# ---- The change feed -------------------------------------------------------------------------


class ChangeFields(Fields):
    """What every change says."""

    revision = serializers.IntegerField(min_value=1, help_text="Rises in the order of commits.")
    id = serializers.UUIDField()
    path = serializers.CharField(allow_null=True)
    etag = serializers.CharField(allow_blank=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    ends_at = serializers.DateTimeField(allow_null=True)


class Promoted(Fields):
    """What editors have put above the results of this search."""

    id = serializers.UUIDField()
    heading = serializers.CharField()
    note = serializers.CharField(allow_blank=True)
    label = serializers.CharField(help_text="What the link says.")
    path = serializers.CharField(help_text="Where the link leads.")
    is_help = serializers.BooleanField(help_text="It leads to Help now.")


class Promotion(Promoted):
    """What editors put above the results of searches that have one of the ``phrases`` in them, for apps that search
    by themselves: as plain words in lower case, with any ending where an asterisk stands."""

    phrases = serializers.ListField(child=serializers.CharField())
    priority = serializers.IntegerField()


DATA: dict[str, Any] = {
    "article": Article(),
    "question": Question(),
    "page": PolymorphicProxySerializer("Page", serializers=PAGES, resource_type_field_name="type"),
    "topic": Topic(),
    "person": Person(),
    "reference": Reference(),
    "banner": Banner(),
    "helpline": Helpline(),
    "promotion": Promotion(),
    "specialist": Specialist(),
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


KINDS_FOUND = [str(kind) for kind in SEARCHABLE]


class Citing(Fields):
    """An article that cites a work: ``path`` leads to the work's place in it."""

    path = serializers.CharField()
    title = serializers.CharField()


class SearchResult(Fields):
    """Something that was found. ``title_html`` and ``excerpt_html`` are escaped text with ``<mark>`` elements."""

    kind = serializers.ChoiceField(KINDS_FOUND)
    id = serializers.UUIDField()
    path = serializers.CharField(
        allow_null=True,
        help_text="Where to read it: for a reference its place in an article, for a helpline the page of its country.",
    )
    title = serializers.CharField()
    title_html = serializers.CharField()
    excerpt_html = serializers.CharField(allow_blank=True)
    country_name = serializers.CharField(allow_blank=True, help_text="Of a helpline.")
    cited_by = Citing(many=True, help_text="The newest articles that cite a reference, at most three.")
    citing_count = serializers.IntegerField(min_value=0, help_text="How many articles cite a reference.")


class SearchResults(Fields):
    """One page of what was found, best first."""

    query = serializers.CharField(allow_blank=True)
    shown_for = serializers.CharField(
        allow_blank=True,
        help_text="What was searched for: another than `query` where that finds nothing and is a slip.",
    )
    did_you_mean = serializers.CharField(allow_blank=True, help_text="What to offer where little was found.")
    total = serializers.IntegerField(min_value=0, help_text="How many there are of all kinds.")
    counts = serializers.DictField(child=serializers.IntegerField(min_value=1), help_text="How many, by kind.")
    promoted = Promoted(many=True)
    results = SearchResult(many=True)
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)


class Suggestion(Fields):
    """A query to search for, or, with a ``path``, something to go to. ``html`` is escaped text with ``<mark>``."""

    text = serializers.CharField()
    html = serializers.CharField()
    kind = serializers.ChoiceField([*KINDS_FOUND, "promotion"], allow_null=True)
    path = serializers.CharField(allow_null=True)


class Suggestions(Fields):
    """What may be meant, best first."""

    query = serializers.CharField(allow_blank=True)
    suggestions = Suggestion(many=True)


class SessionUser(Fields):
    """Who is signed in."""

    id = serializers.UUIDField(help_text="Tells one account from another; send it as Respite-Account with writes.")
    name = serializers.CharField(allow_blank=True)
    email = serializers.EmailField()
    may_edit = serializers.BooleanField(help_text="May enter the editors' area.")
    unread = serializers.IntegerField(min_value=0, help_text="Messages that were not read yet.")


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


class RefusedContent(Problem):
    """What was written cannot be taken as it is."""

    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        required=False,
        help_text="Sentences for whoever wrote it, by field; under the empty name what is about no single one.",
    )


class InvalidParameters(Problem):
    """Query parameters that cannot be used."""

    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Sentences, by parameter."
    )


class InvalidContent(Problem):
    """Something that was sent and cannot be used: its content, or a query parameter."""

    errors = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Sentences, by field."
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
QuestionList = listing("QuestionList", QuestionCard)
TopicList = listing("TopicList", Topic)
BannerList = listing("BannerList", Banner)
HelplineList = listing("HelplineList", Helpline)
SpecialistList = listing("SpecialistList", SpecialistCard)
