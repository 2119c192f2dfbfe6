"""A project as the oracle gets it: files, entries and casing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Project:
    """The files of a project, its schema files and its casing."""

    files: dict[str, str]
    entries: tuple[str, ...]
    casing: str | None = None
