"""The report for people: consequence first, then how to get what they wanted.

Plain string code: a rendering library costs more at start-up than the whole check.
"""

import shlex
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schemadiff.outcome import Judged, Project, Report
from schemadiff.report.escape import visible
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.source import Span

WIDTH = 80
_LABEL = 6
_RESET = "\x1b[0m"
_COLOURS = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    "dim": "\x1b[2m",
    "bold": "\x1b[1m",
}


@dataclass(frozen=True, slots=True)
class Style:
    """How wide the terminal is, in characters, and whether it shows colours."""

    width: int = WIDTH
    colour: bool = False

    def paint(self, text: str, name: str) -> str:
        """Return `text` emphasised, where colours are shown."""
        return f"{_COLOURS[name]}{text}{_RESET}" if self.colour else text


def render(report: Report, style: Style) -> str:
    """Return the report as text, with a newline at its end."""
    lines: list[str] = []
    for project in report.projects:
        lines.extend(_project(project, report, style))
    for note in report.notes:
        lines.extend(_wrapped(f"note: {note}", style, ""))
    for override in report.unused:
        text = f"{override.origin}: {override.rule}:{override.subject} allows nothing"
        lines.extend(_wrapped(f"note: {visible(text)}: no finding has it", style, ""))
    lines.extend(_wrapped(_summary(report), style, ""))
    return "\n".join(lines) + "\n"


def _project(project: Project, report: Report, style: Style) -> Iterator[str]:
    shown = sorted(
        (each for each in project.judged if each.excused is None),
        key=lambda each: (
            each.override is not None,
            each.finding.severity is not Severity.ERROR,
        ),
    )
    for each in shown:
        yield from _judged(each, report, style)
        yield ""
    if project.deploy is not None and project.judged:
        deploy = project.deploy
        kit = deploy.kit or "of unknown version"
        ways = " and ".join(
            "drizzle-kit push" if way == "push" else "migrations" for way in deploy.ways
        )
        text = (
            f"{project.config}: judged for {ways}, drizzle-kit {kit}"
            f" ({deploy.evidence})"
        )
        yield from _wrapped(f"note: {visible(text)}", style, "")


def _judged(judged: Judged, report: Report, style: Style) -> Iterator[str]:
    finding = judged.finding
    severity = finding.severity
    title = f"{severity if judged.override is None else 'allowed'}[{finding.rule}]"
    first, *rest = textwrap.wrap(
        f"{title} {visible(finding.message)}",
        style.width,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    emphasis = severity if judged.override is None else "bold"
    yield style.paint(title, emphasis) + first[len(title) :]
    yield from rest
    if judged.override is not None:
        override = judged.override
        why = f" — {visible(override.reason)}" if override.reason else ""
        yield from _field("by", f"{visible(override.origin)}{why}", style)
        return
    yield from _places(judged, report, style)
    yield from _body(finding, style)


def _places(judged: Judged, report: Report, style: Style) -> Iterator[str]:
    finding = judged.finding
    rows = [
        ("was", finding.was, report.base, judged.was_text),
        ("is", finding.now, report.head, judged.now_text),
    ]
    places = [_place(span, label) for _, span, label, _ in rows]
    width = max(map(len, places))
    for (label, span, _, text), place in zip(rows, places, strict=True):
        if span is None:
            continue
        line = f"{place:<{width}}  {visible(text or '')}".rstrip()
        yield _cut(_labelled(label, line), style.width)


def _place(span: Span | None, label: str | None) -> str:
    return "" if span is None else f"{visible(span.path)}:{span.line} ({label})"


def _body(finding: Finding, style: Style) -> Iterator[str]:
    for note in finding.notes:
        yield from _field("note", visible(note), style)
    for statement in finding.sql:
        yield from _verbatim("sql", visible(statement, newlines=True))
    for line in finding.safer:
        yield from _advice("safer", visible(line), style)
    for line in finding.backup:
        yield from _verbatim("backup", visible(line))
    if finding.severity is Severity.ERROR or finding.effect is not Effect.EXPOSES:
        yield from _verbatim("meant?", allowing_line(finding))


def allowing_line(finding: Finding) -> str:
    """Return the command that pushes with this finding allowed, for a POSIX shell."""
    word = f"{finding.rule}:{visible(str(finding.subject))}"
    if not any(each in word for each in '"$`\\!'):
        return f'git -c schemadiff.allow="{word}" push'
    return f"git -c schemadiff.allow={shlex.quote(word)} push"


def _labelled(label: str, text: str) -> str:
    return f"{label:>{_LABEL}}  {text}"


def _field(label: str, text: str, style: Style) -> Iterator[str]:
    lines = textwrap.wrap(
        text,
        max(style.width - _LABEL - 2, 20),
        break_long_words=False,
        break_on_hyphens=False,
    )
    for index, line in enumerate(lines):
        yield _labelled("" if index else label, line)


def _advice(label: str, text: str, style: Style) -> Iterator[str]:
    """Wrap prose; what holds code to paste stays on its line."""
    if any(mark in text for mark in ('"', "`", ";", "--")):
        yield _labelled(label, text)
    else:
        yield from _field(label, text, style)


def _verbatim(label: str, text: str) -> Iterator[str]:
    for index, line in enumerate(text.splitlines() or [""]):
        yield _labelled("" if index else label, line)


def _wrapped(text: str, style: Style, indent: str) -> Iterable[str]:
    return textwrap.wrap(
        text,
        style.width,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else line[: width - 1] + "…"


def _summary(report: Report) -> str:
    if report.base is None:
        return f"schemadiff: {report.head} was compared with nothing"
    compared = (
        f"schemadiff: {visible(report.head)} compared with {visible(report.base)}"
    )
    every = [each for project in report.projects for each in project.judged]
    if not every:
        return f"{compared}: no change that would lose data"
    counts = [
        _count(sum(each.blocks for each in every), "error"),
        _count(
            sum(
                each.finding.severity is Severity.WARNING
                and each.override is None
                and each.excused is None
                for each in every
            ),
            "warning",
        ),
    ]
    allowed = sum(each.override is not None for each in every)
    text = f"{compared}: " + ", ".join(counts)
    if allowed:
        text += f", {allowed} allowed"
    for reason in dict.fromkeys(each.excused for each in every if each.excused):
        excused = sum(each.excused == reason for each in every)
        text += f", {excused} {reason}"
    if report.blocks:
        text += "; blocked"
    return text


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
