"""A statement that fails on every database, whatever its rows are."""

from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.subject import Subject


@record
class Failure:
    """Why a statement fails: `cause` is a clause; `safer` what to do instead.

    What is not certain fails on the condition that `cause` states.
    """

    subject: Subject
    cause: str
    safer: str
    was: Span | None = None
    now: Span | None = None
    is_certain: bool = True
