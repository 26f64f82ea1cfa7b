"""The shapes of what is published, for the OpenAPI document alone: the stored JSON is served as it is.

Every response of every API test is validated against these, so a shape that the library's builders
change without changing it here is seen at once. ``docs/architecture.md`` has the same shapes in words.
"""

from api.v1.shapes.answers import (
    ArticleList,
    BannerList,
    Changes,
    GoneProblem,
    HelplineList,
    InvalidContent,
    InvalidParameters,
    Problem,
    ReferenceList,
    RefusedContent,
    SearchResults,
    Session,
    Suggestions,
    TopicList,
)
from api.v1.shapes.own import (
    Message,
    Push,
    PushEndpoint,
    PushSubscription,
    SentMessage,
    SentToTeam,
    Thread,
    ThreadList,
)
from api.v1.shapes.sent import BannerCounts
from api.v1.shapes.things import Article, Person, Reference, Topic

__all__ = [
    "Article",
    "ArticleList",
    "BannerCounts",
    "BannerList",
    "Changes",
    "GoneProblem",
    "HelplineList",
    "InvalidContent",
    "InvalidParameters",
    "Message",
    "Person",
    "Problem",
    "Push",
    "PushEndpoint",
    "PushSubscription",
    "Reference",
    "ReferenceList",
    "RefusedContent",
    "SearchResults",
    "SentMessage",
    "SentToTeam",
    "Session",
    "Suggestions",
    "Thread",
    "ThreadList",
    "Topic",
    "TopicList",
]
