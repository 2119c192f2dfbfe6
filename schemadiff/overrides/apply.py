"""Which findings a person has allowed."""

from collections.abc import Sequence

from schemadiff.outcome import Judged
from schemadiff.overrides.override import Override
from schemadiff.rules.finding import Finding


def apply(
    findings: Sequence[Finding], overrides: Sequence[Override]
) -> tuple[list[Judged], set[Override]]:
    """Return the findings with the overrides that allow them, and which were used."""
    judged: list[Judged] = []
    used: set[Override] = set()
    for finding in findings:
        matching = [each for each in overrides if covers(each, finding)]
        used.update(matching)
        judged.append(Judged(finding, matching[0] if matching else None))
    return judged, used


def covers(override: Override, finding: Finding) -> bool:
    """Tell whether an override names this very finding.

    A word for a drop also covers a probable rename of the same thing, because it
    says more; a word for a rename never covers a drop.
    """
    rules = {finding.rule}
    verb, _, noun = finding.rule.partition("-")
    if verb == "rename":
        rules.add(f"drop-{noun}")
    return override.rule in rules and finding.subject.covers(override.subject)
