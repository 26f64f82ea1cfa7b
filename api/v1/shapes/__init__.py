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
    SearchResults,
    Session,
    SpecialistList,
    Suggestions,
    TopicList,
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
    "Person",
    "Problem",
    "Reference",
    "ReferenceList",
    "SearchResults",
    "Session",
    "Specialist",
    "SpecialistList",
    "Suggestions",
    "Topic",
    "TopicList",
]
