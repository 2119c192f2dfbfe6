"""Which findings a person has allowed."""

import difflib
from collections.abc import Iterable, Sequence

from schemadiff.outcome import Judged
from schemadiff.overrides.override import Override
from schemadiff.rules.finding import Finding

_NEAREST = 3
_SIMILAR = 0.5


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


def nearest(override: Override, findings: Iterable[Finding]) -> list[str]:
    """Return the words that an override which allows nothing may have meant.

    The same rule or the same subject comes first, then what is spelled alike;
    three at most.
    """
    words = {word(each): each for each in findings}
    said = f"{override.rule}:{override.subject}"
    close = [
        each
        for each, finding in words.items()
        if finding.subject.covers(override.subject)
    ]
    alike = difflib.get_close_matches(said, words, n=_NEAREST, cutoff=_SIMILAR)
    same_rule = [each for each in alike if words[each].rule == override.rule]
    return list(dict.fromkeys([*close, *same_rule, *alike]))[:_NEAREST]


def word(finding: Finding) -> str:
    """Return the override that allows a finding: `drop-column:clients.email`."""
    return f"{finding.rule}:{finding.subject}"
