"""What is noted while a schema is recorded: the unreadable and the rejected."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.model import Hides, Rejected, Unreadable
from schemadiff.source import Span
from schemadiff.subject import Subject

T = TypeVar("T")


@dataclass(slots=True)
class Notes:
    """The two lists, in the order in which their parts were met."""

    unreadable: list[Unreadable] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def trouble(
        self,
        trouble: NotKnown | Refused,
        subject: Subject,
        hides: Hides,
        span: Span | None,
    ) -> None:
        """Note why `subject` could not be recorded; `span` is where it is written."""
        if isinstance(trouble, Refused):
            where = trouble.span or span
            self.rejected.append(Rejected(subject, trouble.reason, where))
            return
        found = Unreadable(
            subject, hides, trouble.reason, trouble.span or span, trouble.fingerprint()
        )
        if found not in self.unreadable:
            self.unreadable.append(found)

    def attempt(
        self,
        make: Callable[[], T],
        subject: Subject,
        hides: Hides,
        span: Span | None,
    ) -> T | None:
        """Return what `make` makes, or None after noting why it could not."""
        try:
            return make()
        except (NotKnown, Refused) as trouble:
            self.trouble(trouble, subject, hides, span)
            return None

    def reject(self, subject: Subject, reason: str, span: Span | None) -> None:
        """Note that drizzle-kit stops at `subject`."""
        self.rejected.append(Rejected(subject, reason, span))
