"""First parts of addresses that are the site's own: what stands there is never asked for a page."""

from django.utils.translation import gettext as _

from cms.publishing.languages import other_codes

RESERVED = (
    "accounts",
    "admin",
    "api",
    "contact",
    "documents",
    "feed.atom",
    "healthz",
    "help",
    "letters",
    "manifest.webmanifest",
    "media",
    "offline",
    "own",
    "on-this-phone",
    "own",
    "people",
    "questions",
    "robots.txt",
    "saved",
    "search",
    "share",
    "shell",
    "specialists",
    "sitemap.xml",
    "static",
    "sw.js",
    "sync",
    "topics",
)
HOME_DEPTH = 2


def reserved_address(slug: str, parent_depth: int) -> str | None:
    """Say why a page below a parent of this depth in the tree cannot have a slug; None where it can."""
    if parent_depth != HOME_DEPTH or slug not in (*RESERVED, *other_codes()):
        return None
    return _("“/%(slug)s/” is an address that the site itself needs. Choose another slug.") % {"slug": slug}
