"""The report for people: consequence first, then how to get what they wanted.

Plain string code: a rendering library costs more at start-up than the whole check.
"""

import textwrap
from collections.abc import Iterator, Sequence

from schemadiff.outcome import Judged, Project, Report
from schemadiff.overrides.apply import nearest
from schemadiff.overrides.command import allowing_command, allowing_trailers
from schemadiff.overrides.override import Override
from schemadiff.report.escape import columns, cut, visible
from schemadiff.report.summary import allowed_by, summary
from schemadiff.report.terminal import Style
from schemadiff.rules.finding import Finding, Severity

_LABEL = 6
_INDENT = _LABEL + 2
_SHORTEST_EXCERPT = 16
_MANY = 12
_CODE = ('"', "`", ";", "--", "(", "{")
_ENDS_OF_CODE = (";", "}", "]", "'", '"')
_RESET = "\x1b[0m"
_ALLOWED = "allowed"
_COLOURS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    _ALLOWED: "\x1b[1m",
}


def render(reports: Sequence[Report], style: Style) -> str:
    """Return the reports as text, with a line break at its end."""
    lines: list[str] = []
    for report in reports:
        if len(lines) > 1:
            lines.append("")
        lines.extend(_report(report, style))
    return "".join(f"{_harmless(line)}\n" for line in lines)


def _harmless(line: str) -> str:
    """Return a line that no runner of GitHub takes for a command: `::warning::`."""
    text = line.lstrip()
    return line.replace("::", ": :", 1) if text.startswith("::") else line


def _report(report: Report, style: Style) -> Iterator[str]:
    found = [each for project in report.projects for each in project.judged]
    speaking = [each for each in report.projects if _shown(each)]
    for index, project in enumerate(speaking):
        if len(report.projects) > 1:
            yield from [""] if index else []
            yield from _wrapped(f"In {visible(project.config)}:", style)
            yield ""
        yield from _project(project, report, style)
    for note in report.notes:
        yield from _wrapped(f"note: {visible(note)}", style)
    for override in report.unused:
        yield from _unused(override, [each.finding for each in found], style)
    yield from _all_at_once([each.finding for each in found if each.blocks], style)
    yield from _wrapped(
        f"schemadiff: {visible(summary(report))}{_way_out(found, style)}", style
    )


def _shown(project: Project) -> list[Judged]:
    """Return what is this push's own: errors, warnings, then what is allowed."""
    return sorted(
        (each for each in project.judged if each.excused is None),
        key=lambda each: (
            each.override is not None,
            each.finding.severity is not Severity.ERROR,
        ),
    )


def _project(project: Project, report: Report, style: Style) -> Iterator[str]:
    for each in _shown(project):
        yield from _judged(each, report, style)
        yield ""
    deploy = project.deploy
    if deploy is not None:
        kit = f"drizzle-kit {deploy.kit or 'of unknown version'}"
        ways = " and ".join(f"{way}" for way in deploy.ways)
        text = f"{project.config}: judged for {ways} by {kit} ({deploy.evidence})"
        yield from _wrapped(f"note: {visible(text)}", style)


def _judged(judged: Judged, report: Report, style: Style) -> Iterator[str]:
    finding, override = judged.finding, judged.override
    state = finding.severity if override is None else _ALLOWED
    title = f"{state}[{finding.rule}]"
    first, *rest = _wrapped(f"{title} {visible(finding.message)}", style)
    yield _painted(title, state, style) + first[len(title) :]
    yield from rest
    if override is not None:
        yield from _field("by", visible(allowed_by(override)), style)
        return
    yield from _places(judged, report, style)
    for note in finding.notes:
        yield from _field("note", visible(note), style)
    yield from _verbatim("sql", "\n".join(finding.sql))
    for index, line in enumerate(finding.safer):
        yield from _advice("" if index else "safer", visible(line), style)
    yield from _verbatim("backup", "\n".join(finding.backup))
    if judged.blocks:
        yield from _allowing("meant?", [finding], style)


def _places(judged: Judged, report: Report, style: Style) -> Iterator[str]:
    finding = judged.finding
    rows = [
        ("was", finding.was, report.base, judged.was_text),
        ("is", finding.now, report.head, judged.now_text),
    ]
    places = {
        label: visible(f"{span.path}:{span.line} ({revision})")
        for label, span, revision, _ in rows
        if span is not None
    }
    widest = max(map(columns, places.values()), default=0)
    for label, _, _, text in rows:
        if label in places:
            excerpt = visible(text or "")
            yield from _place(label, places[label], widest, excerpt, style)


def _place(
    label: str, place: str, widest: int, excerpt: str, style: Style
) -> Iterator[str]:
    """Yield a place, whole, with the source beside it, or below where it is narrow."""
    space = style.width - _INDENT - widest - 3
    if not excerpt:
        yield _labelled(label, place)
    elif space < min(_SHORTEST_EXCERPT, columns(excerpt)):
        yield _labelled(label, place)
        yield _labelled("", cut(excerpt, style.width - _INDENT))
    else:
        gap = " " * (widest - columns(place) + 3)
        yield _labelled(label, f"{place}{gap}{cut(excerpt, space)}")


def _allowing(label: str, findings: Sequence[Finding], style: Style) -> Iterator[str]:
    """Yield what allows the findings: a command, or lines for a commit message."""
    if not style.in_ci:
        yield from _verbatim(label, allowing_command(findings))
        return
    where = "say so, and why, in the message of a commit of this change:"
    yield from _field(label, where, style)
    yield from _verbatim("", "\n".join(allowing_trailers(findings)))


def _all_at_once(blocking: Sequence[Finding], style: Style) -> Iterator[str]:
    """Yield how to allow all findings, where there are some, but not many."""
    if 1 < len(blocking) <= _MANY:
        yield from _allowing("all?", blocking, style)


def _way_out(found: Sequence[Judged], style: Style) -> str:
    blocking = sum(each.blocks for each in found)
    if not blocking:
        return ""
    label = "all?" if 1 < blocking <= _MANY else "meant?"
    return f"; {'if it is meant' if style.in_ci else 'to push anyway'}, see {label}"


def _unused(
    override: Override, findings: Sequence[Finding], style: Style
) -> Iterator[str]:
    name = f"{override.rule}:{override.subject}"
    text = f"note: {name} ({override.origin}) allows nothing: no finding has that name"
    yield from _wrapped(visible(text), style)
    for each in nearest(override, findings):
        yield f"  did you mean {visible(each)}?"


def _labelled(label: str, text: str) -> str:
    return f"{label:>{_LABEL}}  {text}"


def _field(label: str, text: str, style: Style) -> Iterator[str]:
    lines = _wrapped(text, style._replace(width=style.width - _INDENT), "")
    for index, line in enumerate(lines):
        yield _labelled("" if index else label, line)


def _advice(label: str, text: str, style: Style) -> Iterator[str]:
    """Yield prose wrapped, and code to paste whole: what follows the first colon."""
    fits = columns(text) <= style.width - _INDENT
    if fits or not any(mark in text for mark in _CODE):
        yield from _field(label, text, style)
        return
    prose, colon, code = text.partition(": ")
    if not colon and not text.endswith(_ENDS_OF_CODE):
        yield from _field(label, text, style)
        return
    if not colon or any(mark in prose for mark in _CODE):
        yield _labelled(label, text)
        return
    yield from _field(label, prose + ":", style)
    yield _labelled("", code)


def _verbatim(label: str, text: str) -> Iterator[str]:
    if not text:
        return
    for index, line in enumerate(visible(text, newlines=True).split("\n")):
        yield _labelled("" if index else label, line).rstrip()


def _wrapped(text: str, style: Style, indent: str = "  ") -> list[str]:
    return textwrap.wrap(
        text,
        style.width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _painted(text: str, state: str, style: Style) -> str:
    return f"{_COLOURS[state]}{text}{_RESET}" if style.colour else text
