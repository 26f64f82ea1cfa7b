"""The made-up language, to see what a layout is worth."""

import gettext
from pathlib import Path

from config.pseudo import make_pseudo_catalogue, pseudo
from tests.kept import ROOT


def test_pseudo__is_longer_and_each_word_stands_from_right_to_left() -> None:
    told = pseudo("Latest articles")
    assert told.count("\u202e") == told.count("\u202c") == 2
    bare = told.replace("\u202e", "").replace("\u202c", "")
    assert len(bare) >= 1.3 * len("Latest articles")
    assert "Latest" not in told


def test_pseudo__leaves_alone_what_a_program_fills_in_and_a_browser_reads() -> None:
    told = pseudo('Page %(page)s of {pages} <a href="/articles/">all</a>&amp;')
    for kept in ("%(page)s", "{pages}", '<a href="/articles/">', "</a>", "&amp;"):
        assert kept in told


def test_catalogue__says_every_text_in_the_made_up_language(tmp_path: Path) -> None:
    folder = make_pseudo_catalogue(ROOT / "pwa" / "locale" / "de", tmp_path)
    made = gettext.translation("django", folder, ["xb"])
    assert made.gettext("Help now") == pseudo("Help now")
    assert made.ngettext("%(count)s result", "%(count)s results", 3) == pseudo("%(count)s result")
    # A pattern for dates means something to a program.
    assert made.pgettext("how a day is written", "j F Y") == "j F Y"
