"""What a rule is: a name, a page of documentation and one function."""

from collections.abc import Callable, Iterator

from schemadiff.deploy.config_changes import ConfigChange
from schemadiff.deploy.filters import FiltersChanged
from schemadiff.diff.changes import Change
from schemadiff.record import record
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity

Fact = Change | FiltersChanged | ConfigChange
"""What rules look at: a change of the schema, or one of the config."""

Judge = Callable[[Fact, Deployment], Iterator[Finding]]


@record
class Verdict:
    """What a rule says at its worst."""

    effect: Effect
    severity: Severity

    def __str__(self) -> str:
        """Write both as tables show them: `destroys, error`."""
        return f"{self.effect}, {self.severity}"


@record
class Rule:
    """One kind of objection.

    `id` reads after "allow". `summary` is one sentence without a full stop.
    `page` is Markdown: what the rule objects to, why, and the safe way, with
    examples. The three verdicts are the worst under `drizzle-kit push` before
    1.0 (as 0.31 does it), under that of 1.0, and where migrations are deployed;
    None where the rule has nothing to say.
    """

    id: str
    summary: str
    page: str
    judge: Judge
    push: Verdict | None
    push_1: Verdict | None
    migrations: Verdict | None


DESTROYS = Verdict(Effect.DESTROYS, Severity.ERROR)
ALTERS = Verdict(Effect.ALTERS, Severity.ERROR)
BREAKS = Verdict(Effect.BREAKS_DEPLOY, Severity.ERROR)
MAY_BREAK = Verdict(Effect.BREAKS_DEPLOY, Severity.WARNING)
EXPOSES = Verdict(Effect.EXPOSES, Severity.WARNING)
DESTROYS_LITTLE = Verdict(Effect.DESTROYS, Severity.WARNING)
REWRITES = Verdict(Effect.ALTERS, Severity.WARNING)
UNREADABLE = Verdict(Effect.UNREADABLE, Severity.ERROR)
