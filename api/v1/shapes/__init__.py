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
    SpecialistList,
    Suggestions,
    TopicList,
)
from api.v1.shapes.own import (
    Message,
    Report,
    SentMessage,
    SentReadMark,
    SentReport,
    SentToTeam,
    Thread,
    ThreadList,
)
from api.v1.shapes.sent import BannerCounts
from api.v1.shapes.things import Article, Person, Reference, Specialist, Topic

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
    "Reference",
    "ReferenceList",
    "RefusedContent",
    "Report",
    "SearchResults",
    "SentMessage",
    "SentReadMark",
    "SentReport",
    "SentToTeam",
    "Session",
    "Specialist",
    "SpecialistList",
    "Suggestions",
    "Thread",
    "ThreadList",
    "Topic",
    "TopicList",
]
