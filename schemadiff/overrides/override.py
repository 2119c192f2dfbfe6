"""An override: one finding that a person says is meant."""

from schemadiff.record import record


@record
class Override:
    """A person's word that one finding is meant, and where they said it.

    `subject` is as they wrote it. `origin` is `--allow`, `SCHEMADIFF_ALLOW`,
    `git -c schemadiff.allow`, or the commit and author of a trailer.
    """

    rule: str
    subject: str
    reason: str | None
    origin: str
