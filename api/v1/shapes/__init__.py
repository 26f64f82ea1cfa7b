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
    QuestionList,
    ReferenceList,
    RefusedContent,
    SearchResults,
    Session,
    SpecialistList,
    Suggestions,
    TopicList,
)
from api.v1.shapes.own import (
    ChangedQuestion,
    Message,
    OwnAnswer,
    OwnQuestion,
    OwnQuestionList,
    SentAnswer,
    SentMessage,
    SentQuestion,
    SentToTeam,
    Thread,
    ThreadList,
)
from api.v1.shapes.sent import BannerCounts
from api.v1.shapes.things import Article, Person, Question, Reference, Specialist, Topic

__all__ = [
    "Article",
    "ArticleList",
    "BannerCounts",
    "BannerList",
    "ChangedQuestion",
    "Changes",
    "GoneProblem",
    "HelplineList",
    "InvalidContent",
    "InvalidParameters",
    "Message",
    "OwnAnswer",
    "OwnQuestion",
    "OwnQuestionList",
    "Person",
    "Problem",
    "Question",
    "QuestionList",
    "Reference",
    "ReferenceList",
    "RefusedContent",
    "SearchResults",
    "SentAnswer",
    "SentMessage",
    "SentQuestion",
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
