"""How the project deploys, as far as its own files tell."""

from enum import StrEnum

from schemadiff.record import record


class Way(StrEnum):
    """How a schema reaches the database."""

    PUSH = "push"
    MIGRATIONS = "migrations"


@record
class Deploy:
    """Which drizzle-kit runs, and which way; `evidence` says why in one clause.

    `kit` is a version such as `0.31.11`, or None when no file of the project
    names one. With more than one way, each is judged and the worst stands.
    """

    kit: str | None
    ways: tuple[Way, ...]
    evidence: str
