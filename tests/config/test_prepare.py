"""`manage.py prepare` on data folders of every age."""

from pathlib import Path

from tests.installation import Installation

COUNT = "from cms.articles.models import Article; print(Article.objects.count())"


def articles(own: Installation) -> int:
    return int(own.manage("shell", "-v0", "-c", COUNT))


def test_new_database__gets_the_demo_content(tmp_path: Path) -> None:
    own = Installation(tmp_path / "new")
    own.folder.mkdir()
    own.manage("prepare")
    assert articles(own) > 0


def test_demo_content_that_was_taken_away__stays_away(installation: Installation) -> None:
    assert articles(installation) > 0
    installation.manage("demo", "clear")
    installation.manage("prepare")
    assert articles(installation) == 0
