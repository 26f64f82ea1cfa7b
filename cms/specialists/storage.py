"""The folder in which evidence lies where there is no bucket for it."""

from django.core.files.storage import FileSystemStorage


class ClosedStorage(FileSystemStorage):
    """A folder that no address leads to."""

    def url(self, name: str | None) -> str:
        raise ValueError("This file is not accessible via a URL.")
