"""How long the server needs to publish an article, its entry and the phone's page included."""

import json
from pathlib import Path
from statistics import median

from tests.load.libraries import Library
from tests.load.report import Line, Report


def measure(report: Report, folder: Path) -> None:
    """Publish 15 articles of 1,200 words with 10 references each, and take the median."""
    library = Library(500, folder / "500")
    seconds: list[float] = json.loads(library.server.manage("shell", "-v0", "-c", PUBLISH).strip().splitlines()[-1])
    report.add(Line("Publishing 1,200 words with 10 references", median(seconds) * 1000, 300, "ms"))


PUBLISH = """
import json, time
from django.conf import settings
from api.library.models import Entry
from cms.articles.models import Article, ArticleReference
from cms.publishing.services import publish
from cms.references.models import Reference
works = list(Reference.objects.filter(live=True)[:10])
assert len(works) == 10
taken = []
for article in Article.objects.live().order_by("-pk")[:16]:
    article.references = [ArticleReference(reference=work, sort_order=order) for order, work in enumerate(works)]
    article.title += " (10)"
    article.save_revision(log_action=False)
    begun = time.perf_counter()
    publish(article)
    taken.append(time.perf_counter() - begun)
    data = Entry.objects.get(id=article.public_id).data
    assert data["title"] == article.title and len(data["references"]) == 10
print(json.dumps(taken[1:]))
"""
