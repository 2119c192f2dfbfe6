"""A finding: one rule's objection to one change."""

from enum import StrEnum

from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.subject import Subject


class Effect(StrEnum):
    """What would happen to the data or the deploy."""

    DESTROYS = "destroys"
    ALTERS = "alters"
    BREAKS_DEPLOY = "breaks-deploy"
    EXPOSES = "exposes"
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """An error blocks the push; a warning is only shown."""

    ERROR = "error"
    WARNING = "warning"


@record
class Finding:
    """What would happen, where it comes from, and what to do instead.

    `message` is the consequence, in one sentence without a full stop, in the
    user's own names. `was` is the place at base and `now` the one at head, or the
    nearest enclosing place for what is gone or new. `sql` is what the deploy
    would execute; `safer` and `backup` are lines to read or to paste; `notes`
    say what else to know (`probably renamed to name`).
    """

    rule: str
    subject: Subject
    effect: Effect
    severity: Severity
    message: str
    was: Span | None = None
    now: Span | None = None
    sql: tuple[str, ...] = ()
    safer: tuple[str, ...] = ()
    backup: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
