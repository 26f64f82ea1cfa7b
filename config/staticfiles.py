"""Hashed, compressed static files, whose earlier releases stay on the server."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Parts of the page's script that are loaded when they are needed: the client's build has put their content's hash into
# their names. They import each other by name, sometimes in a circle, which no pass over the files could follow.
NAMED_BY_BUILD = re.compile(r"^pwa/chunks/.+\.[0-9A-Za-z]{8}\.js$")


class KeptManifestStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's manifest storage; a name that is not in the manifest is served as it is.

    Nothing is ever deleted by it: a tab of the previous release still finds its hashed files.
    """

    manifest_strict = False

    def hashed_name(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Give the name under which a file is served: its own where the build has hashed it already."""
        return name if NAMED_BY_BUILD.match(name) else str(super().hashed_name(name, *args, **kwargs))

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what is served for good and has not been yet: a hashed name never means other bytes."""
        new = [path for path in paths if self.is_for_good(path) and not self._is_kept(path)]
        yield from super().compress_files(new)

    @staticmethod
    def is_for_good(path: str) -> bool:
        """Say whether a name has its content's hash in it, Django's or the build's."""
        return re.search(settings.WHITENOISE_IMMUTABLE_FILE_TEST, f"/{path}") is not None

    def _is_kept(self, path: str) -> bool:
        return any(Path(f"{self.path(path)}{ending}").exists() for ending in (".br", ".gz"))
