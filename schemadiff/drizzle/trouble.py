"""The two ways in which a piece of a schema can fail to be a fact.

They are raised where the piece is looked at and caught by what contains it, so
that as little as possible is lost. Nothing of them leaves `drizzle/`.
"""

from collections.abc import Callable

from schemadiff.source import Span
from schemadiff.typescript.values import Fingerprint, Unknown


class NotKnown(Exception):  # noqa: N818 - not an error: a value that is not known
    """Something could not be read; `reason` is a clause saying why."""

    def __init__(
        self,
        reason: str,
        span: Span | None,
        fingerprint: Callable[[], Fingerprint | None],
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span
        self.fingerprint = fingerprint

    @classmethod
    def because(cls, unknown: Unknown) -> "NotKnown":
        """Return the exception for a value that the evaluator did not know."""
        return cls(unknown.reason, unknown.span, unknown.fingerprint)


class Refused(Exception):  # noqa: N818 - not an error: a fact about the user's code
    """drizzle-orm or drizzle-kit itself stops here; `reason` is a clause saying why."""

    def __init__(self, reason: str, span: Span | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span
