"""The report as annotations of GitHub Actions, one for each finding.

How data and properties are escaped: `packages/core/src/command.ts` in
github.com/actions/toolkit; which lines a runner takes for commands:
`src/Runner.Common/ActionCommand.cs` in github.com/actions/runner.
"""

from collections.abc import Iterator, Mapping, Sequence

from schemadiff.outcome import Judged, Report
from schemadiff.report.escape import visible
from schemadiff.report.summary import allowed_by, described, summary

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = _DATA | {":": "%3A", ",": "%2C"}
_OLD_COMMAND = "##["
"""Runners still look for this anywhere in a line."""


def render(reports: Sequence[Report]) -> str:
    """Return one command for each finding, and a plain line for each comparison."""
    return "".join(f"{line}\n" for report in reports for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for project in report.projects:
        for judged in project.judged:
            if judged.excused is None:
                yield _annotation(judged, project.config)
    for note in report.notes:
        yield _command("notice", {"title": "schemadiff"}, note)
    for override in report.unused:
        text = f"{override.rule}:{override.subject} ({override.origin}) allows nothing"
        yield _command("warning", {"title": "schemadiff"}, text)
    yield _plain(f"schemadiff: {visible(summary(report))}")


def _annotation(judged: Judged, config: str) -> str:
    finding = judged.finding
    kind = str(finding.severity)
    title = f"{finding.rule}: {finding.subject}"
    text = described(judged)
    if judged.override is not None:
        kind, title = "notice", f"allowed {title}"
        text = f"{finding.message}\nallowed by {allowed_by(judged.override)}"
    # What is gone has no place at head; GitHub shows the line without one.
    span = finding.now or finding.was
    properties = {"title": title, "file": config}
    if span is not None:
        properties |= {
            "file": span.path,
            "line": str(span.line),
            "col": str(span.column),
        }
    return _command(kind, properties, text)


def _command(kind: str, properties: Mapping[str, str], text: str) -> str:
    given = ",".join(
        f"{name}={_escaped(visible(value), _PROPERTY)}"
        for name, value in properties.items()
    )
    return _plain(f"::{kind} {given}::{_escaped(visible(text, newlines=True), _DATA)}")


def _escaped(text: str, codes: Mapping[str, str]) -> str:
    return "".join(codes.get(each, each) for each in text)


def _plain(line: str) -> str:
    return line.replace(_OLD_COMMAND, "# #[")
