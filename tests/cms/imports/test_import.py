"""Importing references in the admin, as an editor's browser does it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cms.imports import services
from cms.imports.models import ImportRow, ReferenceImport
from cms.publishing.services import one_writer
from cms.references.exporting import file_of
from cms.references.formats import FORMATS
from cms.references.models import Reference
from tests import factories
from tests.cms.snippet_desk import told

pytestmark = pytest.mark.django_db

HERE = """@article{here, author = {Author, Bea C. and Writer, Dan}, title = {Feeling SEEN}, journal = {Journal of Care},
  year = 1991, volume = {61}, publisher = {A House}, doi = {10.5555/SEEN}}
"""
NEW = "@book{new, author = {Ames, Bea}, title = {Rest}, publisher = {A House}, year = 2001}\n"
BROKEN = "@book{broken,\n  title = {never closed,\n  year = 1999\n"


class ImportDesk:
    """Somebody who imports."""

    def __init__(self, user: Any) -> None:
        self.client = Client()
        self.client.force_login(user)

    def read(self, text: str = "", **more: Any) -> ReferenceImport:
        """Paste a text, and give the import."""
        answer = self.client.post(reverse("references_import:index"), {"pasted": text, **more})
        assert answer.status_code == 302, told(answer)
        return ReferenceImport.objects.get()

    def send(self, record: ReferenceImport, **fields: Any) -> Any:
        return self.client.post(record.get_absolute_url(), fields, follow=True)

    def look(self, record: ReferenceImport, query: str = "") -> str:
        return told(self.client.get(record.get_absolute_url() + query))


@pytest.fixture
def editor() -> ImportDesk:
    return ImportDesk(factories.editor())


@pytest.fixture
def moderator() -> ImportDesk:
    return ImportDesk(factories.moderator())


def rows(record: ReferenceImport) -> dict[int, ImportRow]:
    return {row.number: row for row in record.rows.all()}


def test_a_paste__is_previewed_and_makes_nothing_yet(editor: ImportDesk) -> None:
    here = factories.reference("Feeling seen", doi="10.5555/seen")
    record = editor.read(HERE + NEW + BROKEN + NEW)
    found = rows(record)
    assert [row.kind for row in found.values()] == ["duplicate", "new", "unreadable", "repeated"]
    assert [row.line for row in found.values()] == [1, 3, 4, 7]
    assert [row.choice for row in found.values()] == ["merge", "make", "skip", "skip"]
    assert found[1].match == here and found[1].taken == ["publisher"]
    page = editor.look(record)
    assert "Ames, B. (2001). <i>Rest</i>. A House." in page
    assert "Line 5: this brace is never closed." in page
    assert Reference.objects.count() == 1


def test_confirmed__makes_drafts_merges_gaps_and_leaves_the_rest(editor: ImportDesk) -> None:
    here = factories.reference("Feeling seen", doi="10.5555/seen", volume="60")
    record = editor.read(HERE + NEW + BROKEN)
    page = told(editor.send(record, confirm="1"))
    assert "Made: 1. Merged: 1. Left out: 1. Not possible: 0." in page
    made = Reference.objects.get(title="Rest")
    assert not made.live and made.publisher == "A House"
    assert [author.family for author in made.authors.all()] == ["Ames"]
    draft = Reference.objects.get(pk=here.pk).get_latest_revision_as_object()
    assert (draft.publisher, draft.volume, draft.title) == ("A House", "60", "Feeling seen")
    assert Reference.objects.get(pk=here.pk).publisher == ""  # what readers see is as it was
    assert BROKEN.strip() in told(editor.client.get(reverse("references_import:remainder", args=[record.pk])))


def test_a_field_that_is_ticked__is_taken_from_the_file(editor: ImportDesk) -> None:
    here = factories.reference("Feeling seen", doi="10.5555/seen", volume="60")
    record = editor.read(HERE)
    key = rows(record)[1].pk
    choice = {"row": str(key), f"choice-{key}": "merge", f"asked-{key}": "1", f"take-{key}": ["volume"]}
    editor.send(record, **choice, confirm="1")
    draft = Reference.objects.get(pk=here.pk).get_latest_revision_as_object()
    assert (draft.volume, draft.publisher) == ("61", "")


def test_a_work_without_a_doi__is_known_by_title_author_and_year(editor: ImportDesk) -> None:
    here = factories.reference("Rést: a book", authors=[{"family": "Amés"}], doi="", year=2001)
    record = editor.read("@book{x, title={REST -- A Book}, author={Bea Ames}, year={2001}}")
    assert rows(record)[1].match == here
    other = "@book{x, title={REST -- A Book}, author={Bea Ames}, year={2002}}"
    ReferenceImport.objects.all().delete()
    assert rows(editor.read(other))[1].kind == "new"


def test_only_who_may_publish__publishes_what_is_imported(editor: ImportDesk, moderator: ImportDesk) -> None:
    record = editor.read(NEW)
    assert "Publish them at once" not in editor.look(record)
    editor.send(record, publish="1", confirm="1")
    assert not Reference.objects.get().live
    Reference.objects.all().delete()
    ReferenceImport.objects.all().delete()
    incomplete = "@article{y, title={No journal}, author={Ames, Bea}}\n"
    moderator.send(moderator.read(NEW + incomplete), publish="1", confirm="1")
    assert Reference.objects.get(title="Rest").live
    assert not Reference.objects.get(title="No journal").live


def test_an_entry_without_a_title__becomes_a_draft_as_the_preview_says(editor: ImportDesk) -> None:
    record = editor.read("@article{untitled, author = {Ames, Bea}, year = 1991}\n" + NEW)
    row = rows(record)[1]
    assert (row.kind, row.choice, row.is_incomplete) == ("new", "make", True)
    assert "Made: 2. Merged: 0. Left out: 0. Not possible: 0." in told(editor.send(record, confirm="1"))
    draft = Reference.objects.get(title="")
    assert (draft.live, draft.year, draft.authors.get().family) == (False, 1991, "Ames")
    opened = editor.client.get(reverse("wagtailsnippets_references_reference:edit", args=[draft.pk]))
    assert opened.status_code == 200


def test_who_may_not_add_references__may_not_import() -> None:
    user = factories.editor()
    user.groups.all()[0].permissions.filter(codename="add_reference").first().group_set.clear()
    desk = ImportDesk(user)
    answer = desk.client.post(reverse("references_import:index"), {"pasted": NEW})
    assert answer.status_code in (302, 403) and not ReferenceImport.objects.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "There is nothing in it."),
        (b"\x00\x01\x02binary", "This is not a text file."),
        (b"Dear all, see attached.", "neither BibTeX, RIS nor CSL-JSON"),
        (b"[" * 30_000, "No CSL-JSON entry"),
        (b'[{"a":' * 20_000, ""),
        (b"@a{" * 20_000, ""),
        (b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
)
def test_a_strange_file__is_refused_in_words(editor: ImportDesk, content: bytes, said: str) -> None:
    upload = SimpleUploadedFile("strange.bib", content)
    answer = editor.client.post(reverse("references_import:index"), {"upload": upload}, follow=True)
    assert answer.status_code in (200, 400)
    assert said in told(answer)
    for record in ReferenceImport.objects.all():
        services.advance(record.pk)
        assert editor.client.get(record.get_absolute_url()).status_code == 200


def test_a_latin_1_file_with_dos_lines__keeps_its_accents(editor: ImportDesk) -> None:
    text = "TY  - BOOK\r\nAU  - Müller, Jürgen\r\nTI  - Über die Ruhe\r\nPB  - Verlag\r\nER  - \r\n"
    editor.client.post(
        reverse("references_import:index"), {"upload": SimpleUploadedFile("a.ris", text.encode("latin-1"))}
    )
    record = ReferenceImport.objects.get()
    assert rows(record)[1].csl["author"] == [{"family": "Müller", "given": "Jürgen"}]
    assert "read as Western European" in editor.look(record)


def test_hundreds_of_entries__go_step_by_step_and_each_is_made_once(editor: ImportDesk, monkeypatch: Any) -> None:
    record = editor.read("\n".join(NEW.replace("Rest", f"Rest {number}") for number in range(50)))
    monkeypatch.setattr(services, "BATCH", 20)
    ReferenceImport.objects.filter(pk=record.pk).update(state="making")
    step, status = (reverse(f"references_import:{name}", args=[record.pk]) for name in ("step", "status"))
    monkeypatch.setattr("cms.imports.views.STEP", 0)
    seen = [editor.client.post(step, headers={"accept": "application/json"}).json()["done"] for _ in range(3)]
    assert seen == [20, 40, 50]
    assert editor.client.get(status).json() == {
        "state": "done",
        "is_working": False,
        "done": 50,
        "total": 50,
        "percent": 100,
    }
    editor.client.post(step)
    assert Reference.objects.count() == 50


def test_two_thousand_entries__are_previewed_made_and_shown_on_the_dashboard(
    editor: ImportDesk, django_assert_max_num_queries: Any
) -> None:
    """With what is broken among them: nothing is lost of the rest."""
    file = "".join(NEW.replace("{new,", f"{{k{number},").replace("Rest", f"Rest {number}") for number in range(2000))
    upload = SimpleUploadedFile("library.bib", (file[:50_000].rpartition("@")[0] + BROKEN + file).encode())
    editor.client.post(reverse("references_import:index"), {"upload": upload})
    record = services.advance(ReferenceImport.objects.get().pk)
    assert record.rows.filter(kind="new").count() == 2000
    broken = record.rows.get(kind="unreadable")
    assert file.encode()[:50_000].count(b"\n") < broken.line + 3 and "never closed" in broken.problem
    with django_assert_max_num_queries(40):
        assert "Page 1 of" in editor.look(record)
    ReferenceImport.objects.filter(pk=record.pk).update(state="making")
    first = services.advance(record.pk, seconds=0)
    assert (first.done, services.counts(first)["percent"]) == (20, 0)


def test_a_work_that_was_added_since__is_not_made_twice(editor: ImportDesk) -> None:
    record = editor.read(NEW)
    added = factories.reference("Rest", authors=[{"family": "Ames"}], year=2001, doi="")
    page = told(editor.send(record, confirm="1"))
    assert "It has been added since: the same title, first author and year." in page
    assert Reference.objects.get() == added


def test_a_locked_or_deleted_match__fails_by_itself(editor: ImportDesk) -> None:
    here = factories.reference("Feeling seen", doi="10.5555/seen")
    record = editor.read(HERE + NEW)
    with one_writer():
        Reference.objects.filter(pk=here.pk).delete()
    page = told(editor.send(record, confirm="1"))
    assert "has been deleted" in page
    assert Reference.objects.get().title == "Rest"


def test_choices__are_kept_from_page_to_page_and_for_all_at_once(editor: ImportDesk) -> None:
    record = editor.read("\n".join(NEW.replace("Rest", f"Rest {number}") for number in range(60)))
    first = rows(record)[1].pk
    page = told(editor.send(record, **{"row": str(first), f"choice-{first}": "skip"}, go="all:2"))
    assert "Page 2 of 2" in page
    assert rows(record)[1].choice == "skip"
    editor.send(record, bulk="skip-new", apply="1")
    assert {row.choice for row in rows(record).values()} == {"skip"}
    editor.send(record, confirm="1")
    assert not Reference.objects.exists()


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_exported_imported_and_exported_again__is_the_same_byte_for_byte(
    moderator: ImportDesk, name: str
) -> None:
    works = [
        factories.reference(
            "Über die Ruhe: A {CBT} & 50% test -- \\o", authors=[{"family": "van Ölm", "given": "J.-P."}]
        ),
        factories.reference("A book", type="book", publisher="House & Sons", isbn="0-465-07598-3", year=-380, doi=""),
        factories.reference("A page", type="webpage", url="https://example.org/a_b~c?d=%20#e", month=5, day=3, doi=""),
        factories.reference(
            "A thesis",
            type="thesis",
            publisher="A University",
            genre="Doctoral dissertation",
            authors=[{"organisation": "WHO"}],
        ),
        factories.reference("Data", type="dataset", version="2.1", authors=[], annotation="Two\n\nparagraphs."),
    ]
    written = exported(works, name)
    with one_writer():
        Reference.objects.all().delete()
    record = moderator.read(written)
    moderator.send(record, publish="1", confirm="1")
    made = [row.made for row in record.rows.select_related("made").order_by("number")]
    assert all(work is not None and work.live for work in made)
    assert exported([work for work in made if work], name) == written


def exported(works: list[Reference], name: str) -> str:
    """Give the file of references, as every export writes it."""
    return file_of(works, FORMATS[name], "references").content.decode()


def test_drafts_of_an_import__are_published_together_by_who_may(editor: ImportDesk, moderator: ImportDesk) -> None:
    incomplete = "@article{y, title={No journal}, author={Ames, Bea}}\n"
    record = editor.read(NEW + incomplete)
    page = told(editor.send(record, confirm="1"))
    assert "2 of them are drafts. You can cite them at once" in page and "Publish 2 drafts" not in page
    publish = reverse("references_import:publish", args=[record.pk])
    assert editor.client.post(publish).status_code in (302, 403)
    assert not Reference.objects.filter(live=True).exists()

    assert "Publish 2 drafts" in moderator.look(record)
    page = told(moderator.client.post(publish, follow=True))

    assert Reference.objects.get(title="Rest").live
    assert not Reference.objects.get(title="No journal").live
    assert "It is kept as a draft." in page and "Publish 1 draft" in page
    assert Reference.objects.count() == 2
    assert "Made: 2." in page


def test_draft_changed_since_its_import__is_published_as_it_stands_now(
    editor: ImportDesk, moderator: ImportDesk
) -> None:
    record = editor.read(NEW)
    editor.send(record, confirm="1")
    draft = Reference.objects.get().get_latest_revision_as_object()
    draft.publisher = "Another House"
    draft.save_revision()
    moderator.client.post(reverse("references_import:publish", args=[record.pk]))
    assert Reference.objects.get().publisher == "Another House"
