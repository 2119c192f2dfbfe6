"""A statement that fails on every database, whatever its rows are."""

from dataclasses import dataclass

from schemadiff.source import Span
from schemadiff.subject import Subject


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a statement fails: `cause` is a clause; `safer` what to do instead."""

    subject: Subject
    cause: str
    safer: str
    was: Span | None = None
    now: Span | None = None
