"""Versions of drizzle-kit and how they are ordered."""

import re
from typing import NamedTuple

from schemadiff.regex import regex

_VERSION = regex(r"v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?\Z")
_LEADING_NUMBER = regex(r"\d+")

Part = tuple[int, int, str]
"""One piece of a prerelease: numbers sort before words, and by their value."""


class KitVersion(NamedTuple):
    """A semantic version; `1.0.0-rc.5` comes before `1.0.0`.

    `pieces` are those of the prerelease. A released version has `released` 1
    and none. drizzle-kit also publishes `1.0.0-rc.4-5d5b77c`, which comes
    after `rc.4` and before `rc.5`; hence the pieces are split at hyphens too.
    """

    major: int
    minor: int
    patch: int
    released: int
    pieces: tuple[Part, ...] = ()


def kit_version(text: str | None) -> KitVersion | None:
    """Return the version that `text` names; None for ranges, tags and nothing."""
    match = _VERSION.match((text or "").strip())
    if match is None:
        return None
    major, minor, patch, prerelease = match.groups()
    pieces = tuple(_part(each) for each in re.split(r"[.-]", prerelease or ""))
    return KitVersion(
        int(major),
        int(minor),
        int(patch),
        released=0 if prerelease else 1,
        pieces=pieces if prerelease else (),
    )


def _part(text: str) -> Part:
    number = _LEADING_NUMBER.fullmatch(text)
    return (0, int(text), "") if number else (1, 0, text)
