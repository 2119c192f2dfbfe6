"""Which findings a person has allowed."""

from collections.abc import Iterable, Sequence

from schemadiff.outcome import Judged
from schemadiff.overrides.override import Override
from schemadiff.rules.finding import Finding

_NEAREST = 3
_SIMILAR = 0.7


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

    The same subject under another rule comes first, then the end of a longer name,
    then what is spelled alike; three at most.
    """
    known = list(findings)
    said = override.subject
    names = {str(each.subject) for each in known}
    import difflib  # noqa: PLC0415 - only to complain

    alike = difflib.get_close_matches(said, names, n=_NEAREST, cutoff=_SIMILAR)
    found = [
        *(each for each in known if each.subject.covers(said)),
        *(each for each in known if str(each.subject).endswith(f".{said}")),
        *(each for name in alike for each in known if str(each.subject) == name),
    ]
    return list(dict.fromkeys(map(word, found)))[:_NEAREST]


def word(finding: Finding) -> str:
    """Return the override that allows a finding: `drop-column:clients.email`."""
    return f"{finding.rule}:{finding.subject}"
