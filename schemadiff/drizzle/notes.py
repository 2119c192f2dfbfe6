"""What is noted while a schema is recorded: the unreadable and the rejected."""

import hashlib
from collections.abc import Callable
from dataclasses import field
from typing import TypeVar

from schemadiff.drizzle.symbolic import span_of
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.model import Hides, Rejected, Unreadable
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.subject import Subject
from schemadiff.typescript.fingerprint import of_value
from schemadiff.typescript.values import Fingerprint, Value

T = TypeVar("T")


@record(frozen=False)
class Notes:
    """The two lists, in the order in which their parts were met."""

    unreadable: list[Unreadable] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def trouble(
        self,
        trouble: NotKnown | Refused,
        subject: Subject,
        hides: Hides,
        whole: Value | None,
        span: Span | None = None,
    ) -> None:
        """Note why a part could not be recorded.

        `whole` is the expression that is left out of the record because of it, so
        that it is the same only where all of that is the same; None when the
        trouble itself stands for it. `span` is the place to fall back on.
        """
        place = trouble.span or (None if whole is None else span_of(whole)) or span
        if isinstance(trouble, Refused):
            self.rejected.append(Rejected(subject, trouble.reason, place))
            return
        mark = _fingerprint(trouble, whole)
        self.unreadable.append(Unreadable(subject, hides, trouble.reason, place, mark))

    def attempt(
        self,
        make: Callable[[], T],
        subject: Subject,
        hides: Hides,
        whole: Value | None,
        span: Span | None = None,
    ) -> T | None:
        """Return what `make` makes, or None after noting why it could not."""
        try:
            return make()
        except (NotKnown, Refused) as trouble:
            self.trouble(trouble, subject, hides, whole, span)
        except RecursionError:
            deep = NotKnown("is nested too deeply", span, lambda: None)
            self.trouble(deep, subject, hides, whole, span)
        return None

    def reject(self, subject: Subject, reason: str, span: Span | None) -> None:
        """Note that drizzle-kit stops at `subject`."""
        self.rejected.append(Rejected(subject, reason, span))


def _fingerprint(trouble: NotKnown, whole: Value | None) -> Fingerprint | None:
    own = trouble.fingerprint()
    if whole is None:
        return own
    outer = of_value(whole)
    if own is None:
        return outer
    joined = hashlib.sha256(f"{own.project} {outer.project}".encode()).hexdigest()
    return Fingerprint(joined, own.packages | outer.packages)
