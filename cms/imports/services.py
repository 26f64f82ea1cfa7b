"""Carrying an import out, step by step: read the text, then make or merge twenty entries to a transaction.

Each step commits by itself, and what it does is found in the rows: it may be interrupted anywhere, gone on with by
anybody, and asked for twice at once, and every entry is made once.
"""

import logging
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.imports.matching import Known, known_references, marks_of
from cms.imports.merging import differences, gaps, merge, newest
from cms.imports.models import ImportRow, ReferenceImport
from cms.publishing.rules import NotReady, problems_of
from cms.publishing.services import one_writer, publish, save_and_publish
from cms.references.filling import filled_from, new_reference
from cms.references.formats import Record, Unreadable, read
from cms.references.models import Reference

logger = logging.getLogger(__name__)
BATCH = 20
State, Kind, Choice, Result = ReferenceImport.State, ImportRow.Kind, ImportRow.Choice, ImportRow.Result


def advance(key: int, seconds: float | None = None) -> ReferenceImport:
    """Go on with an import until there is nothing to do, or for about so many seconds; give it as it now is."""
    until = None if seconds is None else time.monotonic() + seconds
    record = ReferenceImport.objects.get(pk=key)
    while record.is_working:
        if record.state == State.READING:
            read_text(record)
        else:
            carry_out_batch(record)
        record.refresh_from_db()
        if until is not None and time.monotonic() >= until:
            break
    return record


# ---- Reading ---------------------------------------------------------------------------------


def read_text(record: ReferenceImport) -> None:
    """Read an import's text into rows, each with what is proposed for it."""
    try:
        form, records = read(record.text, record.format)
    except Unreadable as problem:
        ReferenceImport.objects.filter(pk=record.pk, state=State.READING).update(
            state=State.FAILED, problem=str(problem)
        )
        return
    rows = proposed(record, records)
    with transaction.atomic():
        current = ReferenceImport.objects.select_for_update().get(pk=record.pk)
        if current.state != State.READING:
            return
        ImportRow.objects.bulk_create(rows, batch_size=200)
        current.format, current.total, current.state = form, len(rows), State.CHOOSING
        current.save()


def proposed(record: ReferenceImport, records: list[Record]) -> list[ImportRow]:
    """Give a row for each entry, compared with what is here and with what stands before it in the file."""
    here, before = known_references(), Known()
    rows = [row_of(record, number, one, here, before) for number, one in enumerate(records, start=1)]
    matched = Reference.objects.in_bulk([row.match_id for row in rows if row.match_id])
    for row in rows:
        if row.match_id and row.choice == Choice.MERGE:
            found = differences(newest(matched[row.match_id]), filled_from(row.csl))
            row.taken = gaps(found)
            row.choice = Choice.MERGE if row.taken else Choice.SKIP
    return rows


def row_of(record: ReferenceImport, number: int, one: Record, here: Known, before: Known) -> ImportRow:
    """Give the row of an entry, and remember the entry for those that follow."""
    row = ImportRow(of=record, number=number, line=one.line, source=one.source, problem=one.problem)
    if one.item is None:
        row.kind = Kind.UNREADABLE
        return row
    filled = filled_from(one.item)
    row.csl, row.warnings = one.item, [*one.warnings, *filled.warnings]
    try:
        lacking = problems_of(new_reference(filled))
    except ValidationError as error:
        row.kind, row.problem = Kind.UNREADABLE, " ".join(error.messages)
        return row
    row.is_incomplete = bool(lacking)
    row.warnings += lacking
    marks = marks_of(one.item)
    if match := here.find(marks):
        row.kind, row.match_id, row.reason = Kind.DUPLICATE, match.key, match.reason
        row.choice = Choice.MERGE if match.is_sure else Choice.MAKE
    elif match := before.find(marks):
        row.kind, row.choice = Kind.REPEATED, Choice.SKIP if match.is_sure else Choice.MAKE
        row.reason = _("%(reason)s as entry %(number)d") % {"reason": match.reason, "number": match.key}
    else:
        row.kind, row.choice = Kind.NEW, Choice.MAKE
    before.add(number, marks)
    return row


# ---- Publishing ------------------------------------------------------------------------------


def drafts_of(record: ReferenceImport) -> QuerySet[ImportRow]:
    """Give the entries whose references were made by this import and are not public."""
    return record.rows.filter(result=Result.MADE, made__live=False)


def publish_drafts(record: ReferenceImport, user: Any) -> bool:
    """Have the drafts of a finished import published, in somebody's name; say whether there is anything to do."""
    with transaction.atomic():
        current = ReferenceImport.objects.select_for_update().get(pk=record.pk)
        if current.state != State.DONE:
            return False
        count = current.rows.filter(pk__in=drafts_of(current).values("pk")).update(result=Result.WAITING)
        if not count:
            return False
        current.state, current.publish, current.user = State.MAKING, True, user
        current.done = current.total - count
        current.save()
    return True


# ---- Making ----------------------------------------------------------------------------------


def carry_out_batch(record: ReferenceImport) -> None:
    """Do what was chosen for the next twenty entries, as the one writer; without any left, the import is done."""
    with one_writer():
        current = ReferenceImport.objects.select_for_update(of=("self",)).select_related("user").get(pk=record.pk)
        if current.state != State.MAKING:
            return
        rows = list(current.rows.filter(result=Result.WAITING).order_by("number")[:BATCH])
        added = known_references(recent_keys(current, rows)) if rows else Known()
        for row in rows:
            carry_out(row, current, added)
        ImportRow.objects.bulk_update(rows, ["result", "made", "detail"])
        current.done += len(rows)
        if len(rows) < BATCH:
            current.state = State.DONE
        current.save()


def recent_keys(record: ReferenceImport, rows: list[ImportRow]) -> list[int]:
    """Give the works made since the import was read, which a new entry may turn out to be; not those it made itself."""
    own = record.rows.exclude(made=None).values("made")
    made_since = Reference.objects.filter(latest_revision__created_at__gte=record.created_at)
    return list(made_since.exclude(pk__in=own).values_list("pk", flat=True))


def carry_out(row: ImportRow, record: ReferenceImport, added: Known) -> None:
    """Do what was chosen for one entry, and say in its row what came of it. What fails costs only itself."""
    try:
        with transaction.atomic():
            if row.made_id:
                carry_out_publish(row, record)
            elif row.choice == Choice.SKIP or row.kind == Kind.UNREADABLE:
                row.result = Result.SKIPPED
            elif row.choice == Choice.MERGE:
                carry_out_merge(row, record)
            else:
                carry_out_make(row, record, added)
    except ValidationError as error:
        row.result, row.detail = Result.FAILED, " ".join(error.messages)
    except DatabaseError:
        logger.exception("entry %s of import %s could not be stored", row.number, record.pk)
        row.result, row.detail = Result.FAILED, _("It could not be stored.")


def carry_out_make(row: ImportRow, record: ReferenceImport, added: Known) -> None:
    """Make a new reference, unless somebody has made the same one since the file was read."""
    match = added.find(marks_of(row.csl)) if row.kind == Kind.NEW else None
    if match is not None:
        row.result, row.made_id = Result.SKIPPED, match.key
        row.detail = _("It has been added since: %(reason)s.") % {"reason": match.reason}
        return
    work = new_reference(filled_from(row.csl))
    problems = problems_of(work) if record.publish else []
    if record.publish and not problems:
        work = save_and_publish(work, record.user)
    else:
        work.live = False
        work.save()
        work.save_revision(
            user=record.user, log_action=False, clean=False
        )  # a draft may be as incomplete as in the form
        row.detail = kept_as_draft(problems) if record.publish else ""
    log(instance=work, action="wagtail.create", user=record.user)
    row.result, row.made = Result.MADE, work


def carry_out_publish(row: ImportRow, record: ReferenceImport) -> None:
    """Publish what was made of an entry before, as it stands by now; say why where that is not possible."""
    row.result, row.detail = Result.MADE, ""
    work = Reference.objects.filter(pk=row.made_id or 0, live=False).first()
    if work is None:
        return
    if work.workflow_in_progress or work.locked:
        row.detail = _("It is kept as a draft: it is in moderation or locked.")
    elif problems := problems_of(newest(work)):
        row.detail = kept_as_draft(problems)
    else:
        publish(work, record.user)


def carry_out_merge(row: ImportRow, record: ReferenceImport) -> None:
    """Put what was chosen into the newest draft of the work that is here; publish it if it was public and may be."""
    live = Reference.objects.filter(pk=row.match_id or 0).first()
    if live is None:
        row.result, row.detail = Result.FAILED, _("The reference it was to be merged into has been deleted.")
        return
    row.made = live
    lock = live.get_lock()
    if lock and (record.user is None or lock.for_user(record.user)):
        row.result, row.detail = Result.FAILED, _("The reference it was to be merged into is locked.")
        return
    if not row.taken:
        row.result = Result.SKIPPED
        return
    was_settled = not live.has_unpublished_changes
    draft = merge(newest(live), filled_from(row.csl), row.taken)
    revision = draft.save_revision(user=record.user, log_action=True)
    row.result = Result.MERGED
    if not (record.publish and live.live):
        return
    if not was_settled:
        row.detail = _("It had changes that are not published yet, and is kept as a draft.")
        return
    try:
        with transaction.atomic():
            revision.publish(user=record.user)
    except NotReady as refusal:
        row.detail = kept_as_draft(refusal.problems)


def kept_as_draft(problems: list[str]) -> str:
    """Say why something was not published."""
    return _("It is kept as a draft. %(problems)s") % {"problems": " ".join(problems)}


def counts(record: ReferenceImport) -> dict[str, Any]:
    """Give how far an import is, for a progress bar."""
    return {
        "state": record.state,
        "is_working": record.is_working,
        "done": record.done,
        "total": record.total,
        "percent": int(100 * record.done / record.total) if record.total else 0,
    }
