"""Who may do what: the one table that ``docs/editors.md`` shows and the tests walk, cell by cell.

A row is an object, some actions, and the roles that may: W writer, R clinical reviewer, P publisher, M moderator,
A administrator; ``*`` is everybody, visitors and readers too. Whoever is not named may not.
"""

ROLES = {
    "W": "Writer",
    "R": "Clinical reviewer",
    "P": "Publisher",
    "M": "Moderator",
    "A": "Administrator",
}
OUTSIDE = ("visitor", "reader")

LOOKING = "edit, preview, live preview, history, history of review, view of a version, compare, restore, usage"
FINDING = "explorer, search, choose, admin API"

TABLE: list[tuple[str, str, str]] = [
    ("own draft", f"{FINDING}, {LOOKING}, save, comment, submit", "WRPA"),
    ("own draft", "copy, move", "WPA"),
    ("own draft", "delete, bulk delete", "WRPA"),
    ("own draft", "publish, schedule, bulk publish, lock, privacy", "PA"),
    ("shared draft", f"{FINDING}, {LOOKING}, save, comment, submit", "WRPA"),
    ("shared draft", "copy", "WPA"),
    ("shared draft", "move, delete, bulk delete, publish, schedule, bulk publish, lock, privacy", "PA"),
    ("restricted draft", f"{FINDING}, {LOOKING}, save, comment, submit, copy, move, delete", "PA"),
    ("restricted draft", "bulk delete, publish, schedule, bulk publish, lock, privacy", "PA"),
    ("draft in clinical review", f"{FINDING}, {LOOKING}", "RPA"),
    ("draft in clinical review", "save, comment, approve, send back, lock", "RA"),
    ("draft in clinical review", "publish", "A"),
    ("draft in publication", f"{FINDING}, {LOOKING}", "RPA"),
    ("draft in publication", "save, comment, approve, send back, publish, lock", "PA"),
    ("live article", FINDING, "WRPA"),
    ("live article", f"{LOOKING}, save, comment, submit", "RPA"),
    ("live article", "copy, move, publish, schedule, withdraw, bulk publish, lock, privacy", "PA"),
    ("live article", "delete, bulk delete", ""),
]
SNIPPETS = ("reference", "banner", "topic", "person", "campaign", "helpline")
for kind in SNIPPETS:
    more = "M" if kind == "helpline" else ""
    TABLE += [
        (kind, "list", f"WRP{more}A"),
        (kind, "create, edit, copy, save, submit", f"WP{more}A"),
        (kind, "history, view of a version, compare, restore, usage", f"WP{more}A"),
        (kind, "publish, unpublish, delete, bulk delete, lock", f"P{more}A"),
        (kind, "approve, send back", "PA"),
    ]
TABLE += [
    ("import of references", "list, start, see", "WPA"),
    ("import of references", "publish its drafts", "PA"),
    ("specialist", "list, see, preview, photo, open evidence, verify, return", "MA"),
    ("own picture", "choose, be chosen, admin API, look", "WRPA"),
    ("own picture", "list, edit, usage, original, delete", "WPA"),
    ("own picture", "address", ""),
    ("library picture", "choose, be chosen, admin API, look", "WRPA"),
    ("library picture", "list, edit, usage, original, delete", "PA"),
    ("library picture", "address", ""),
    ("picture of a restricted draft", "choose, be chosen, admin API, look, list, edit, usage, original", "PA"),
    ("picture of a restricted draft", "address", ""),
    ("own document", "choose, serve", "WRPA"),
    ("own document", "list, edit, delete", "WPA"),
    ("library document", "choose, serve", "WRPA"),
    ("library document", "list, edit, delete", "PA"),
    ("question", "list, read, publish, give back, reject", "MA"),
    ("answer", "read, publish, give back, reject", "MA"),
    ("the place itself", "dashboard, guide, guide for moderators, own account", "WRPMA"),
    ("the place itself", "site settings", "PA"),
    ("the place itself", "users, groups, sites, workflows, tasks, collections", "A"),
    ("the place itself", "report of locked pages, report of kinds of pages", "PA"),
    ("the place itself", "report of ageing pages", "WRPA"),
    ("letter to the team", "list, read, answer, mark as done", "MA"),
    ("reported message", "list, look, decide, reopen messaging", "MA"),
]


def cells(thing: str) -> dict[str, str]:
    """Give the roles that may do each action with an object."""
    found: dict[str, str] = {}
    for named, actions, roles in TABLE:
        if named == thing:
            found |= dict.fromkeys(actions.split(", "), roles)
    return found


def as_markdown() -> str:
    """Give the table as the guide shows it: a row for actions that the same roles may do, a dot for may."""
    lines = [f"| with | may be done | {' | '.join(ROLES.values())} |", f"|---|---|{'---|' * len(ROLES)}"]
    for thing, actions, roles in TABLE:
        marks = " | ".join("●" if role in roles else "–" for role in ROLES)
        lines.append(f"| {thing} | {actions}{' (everybody)' if '*' in roles else ''} | {marks} |")
    return "\n".join(lines)
