"""Collected files: what the build has named keeps its name, and what a release before left stays."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from config.staticfiles import KeptManifestStorage


def collect(root: Path, sources: dict[str, str], source_folder: Path) -> KeptManifestStorage:
    """Do to these files what collectstatic does."""
    source = FileSystemStorage(location=source_folder)
    storage = KeptManifestStorage(location=root, base_url="/static/")
    for name, text in sources.items():
        source.save(name, ContentFile(text))
        storage.delete(name)
        storage.save(name, ContentFile(text))
    for name, _hashed, processed in storage.post_process({name: (source, name) for name in sources}):
        if isinstance(processed, Exception):
            raise AssertionError(name) from processed
    return storage


@pytest.fixture
def first(tmp_path: Path) -> KeptManifestStorage:
    # The two parts import each other, which no hashing after the build could follow.
    sources = {
        "pwa/app.js": 'import{a}from"./chunks/one.AAAAAAAA.js";a();',
        "pwa/chunks/one.AAAAAAAA.js": 'export const a=()=>import("./two.BBBBBBBB.js");',
        "pwa/chunks/two.BBBBBBBB.js": 'import{a}from"./one.AAAAAAAA.js";export{a};',
    }
    return collect(tmp_path / "static", sources, tmp_path / "first")


def test_part_named_by_the_build__keeps_its_name_and_is_found_by_those_that_import_it(
    first: KeptManifestStorage,
) -> None:
    assert first.url("pwa/chunks/one.AAAAAAAA.js", force=True) == "/static/pwa/chunks/one.AAAAAAAA.js"
    script = first.url("pwa/app.js", force=True).removeprefix("/static/")
    assert script.startswith("pwa/app.") and script != "pwa/app.js"
    assert b'from"./chunks/one.AAAAAAAA.js"' in first.open(script).read()


def test_parts_of_the_release_before__stay_when_the_next_is_collected(
    first: KeptManifestStorage, tmp_path: Path
) -> None:
    before = first.url("pwa/app.js", force=True).removeprefix("/static/")
    sources = {
        "pwa/app.js": 'import{a}from"./chunks/one.CCCCCCCC.js";a();',
        "pwa/chunks/one.CCCCCCCC.js": "export const a=()=>2;",
    }

    second = collect(tmp_path / "static", sources, tmp_path / "second")

    assert second.exists("pwa/chunks/one.CCCCCCCC.js")
    for name in (before, "pwa/chunks/one.AAAAAAAA.js", "pwa/chunks/two.BBBBBBBB.js"):
        assert second.exists(name), name


def test_what_is_compressed_already__is_not_compressed_again(first: KeptManifestStorage, tmp_path: Path) -> None:
    text = "export const rest = 'quiet'; // " + "the same again " * 200
    sources = {"pwa/app.js": text, "pwa/chunks/one.AAAAAAAA.js": text}
    collect(tmp_path / "static", sources, tmp_path / "second")
    compressed = sorted(path for path in (tmp_path / "static").rglob("*.br"))
    names = [str(path.relative_to(tmp_path / "static" / "pwa")) for path in compressed]
    assert len(names) == 2 and names[1] == "chunks/one.AAAAAAAA.js.br", "hashed names alone are compressed"
    before = [path.stat().st_mtime_ns for path in compressed]
    collect(tmp_path / "static", sources, tmp_path / "third")
    assert [path.stat().st_mtime_ns for path in compressed] == before
