"""The outcome of one comparison, as data for the renderers."""

from schemadiff.deploy.assumption import Deploy
from schemadiff.overrides.override import Override
from schemadiff.record import record
from schemadiff.rules.finding import Finding, Severity


@record
class Judged:
    """A finding with what became of it: allowed by a person, or excused.

    `excused` says why it is not this push's, such as `already on origin/main`.
    `was_text` and `now_text` are the source lines at its two places, trimmed.
    """

    finding: Finding
    override: Override | None = None
    excused: str | None = None
    was_text: str | None = None
    now_text: str | None = None

    @property
    def blocks(self) -> bool:
        """Tell whether this finding stops the push."""
        return (
            self.finding.severity is Severity.ERROR
            and self.override is None
            and self.excused is None
        )


@record
class Project:
    """One Drizzle config as it was judged: where it is and what was assumed.

    `config` is its path, or a sentence fragment when there is none. `deploy` is
    None where nothing changed, so that nothing had to be assumed. `notes` are
    sentences about this project alone.
    """

    config: str
    deploy: Deploy | None = None
    judged: tuple[Judged, ...] = ()
    notes: tuple[str, ...] = ()


@record
class Report:
    """The judgement of one comparison.

    `base` is None when there was nothing to compare with; `nothing` says why nothing
    was compared, and is None where something was. `notes` are sentences for the
    reader (what was not judged, what was assumed); `unused` are the overrides that
    matched nothing; `files` are those that head's schema is made of.
    """

    base: str | None
    head: str
    projects: tuple[Project, ...] = ()
    notes: tuple[str, ...] = ()
    unused: tuple[Override, ...] = ()
    files: tuple[str, ...] = ()
    nothing: str | None = None

    @property
    def blocks(self) -> bool:
        """Tell whether anything stops the push."""
        return any(each.blocks for project in self.projects for each in project.judged)
