"""The locks: every package by its hash, none by an address, none below what is known to be safe."""

import json
import re
import tomllib

import pytest

from tests.kept import ROOT

PYTHON_LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]
NPM_LOCKS = ["pwa/client/package-lock.json", "tests/load/package-lock.json"]
# The first versions without the security defects known when they were chosen.
FLOORS = {
    "django": (5, 2, 19),
    "wagtail": (8, 0, 1),
    "djangorestframework": (3, 18, 3),
    "django-allauth": (65, 21),
    "pillow": (12, 3),
}


def locked(name: str) -> dict[str, tuple[int, ...]]:
    """Give the version of every package in a lock."""
    found = re.findall(r"^([\w.-]+)==([\d.]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {package.lower(): tuple(map(int, version.strip(".").split("."))) for package, version in found}


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_python_lock__holds_a_hash_for_every_package(name: str) -> None:
    packages = re.split(r"^(?=\S)", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    assert packages
    without = [package.split()[0] for package in packages if "--hash=sha256:" not in package]
    assert without == []


@pytest.mark.parametrize("name", [*PYTHON_LOCKS, "pyproject.toml", "pwa/client/.npmrc", "Makefile"])
def test_lock_or_setting__names_no_address_of_an_index(name: str) -> None:
    text = (ROOT / name).read_text()
    assert re.findall(r"index-url|find-links|registry\s*=|^--", text, re.MULTILINE) == []
    if name in PYTHON_LOCKS:
        assert "://" not in text


@pytest.mark.parametrize("name", NPM_LOCKS)
def test_npm_lock__holds_a_hash_and_no_address_for_every_package(name: str) -> None:
    packages = {path: package for path, package in json.loads((ROOT / name).read_text())["packages"].items() if path}
    assert packages
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


@pytest.mark.parametrize(("package", "floor"), FLOORS.items())
def test_lock__is_not_below_what_is_known_to_be_safe(package: str, floor: tuple[int, ...]) -> None:
    assert locked("requirements.txt")[package] >= floor


@pytest.mark.parametrize(("package", "floor"), FLOORS.items())
def test_pyproject__lets_no_install_fall_below_it(package: str, floor: tuple[int, ...]) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    floors = {re.split(r"[\[><=]", line)[0].lower(): re.search(r">=([\d.]+)", line) for line in declared}
    found = floors[package]
    assert found
    assert tuple(map(int, found[1].split("."))) >= floor


def test_development_lock__holds_everything_of_the_other_at_the_same_versions() -> None:
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()
