"""The report as Markdown, for a job's summary or a comment.

What comes from files stands in fenced blocks only, whose fences are longer than any
in them (https://spec.commonmark.org/0.31.2/#fenced-code-blocks), so that no text of
a pull request can become a link, an image or a mention.
"""

import re
from collections.abc import Sequence

from schemadiff.outcome import Report
from schemadiff.report import text
from schemadiff.report.summary import NO_LOSS
from schemadiff.report.terminal import Style

_SHORTEST_FENCE = 3
_STYLE = Style(width=100, in_ci=True)


def render(reports: Sequence[Report]) -> str:
    """Return one heading with the outcome, and below it what a terminal would show."""
    shown = text.render(reports, _STYLE)
    ticks = max(map(len, re.findall("`+", shown)), default=0)
    fence = "`" * max(_SHORTEST_FENCE, ticks + 1)
    return f"### schemadiff: {_outcome(reports)}\n\n{fence}text\n{shown}{fence}\n"


def _outcome(reports: Sequence[Report]) -> str:
    if any(each.blocks for each in reports):
        return "blocked"
    if not any(each.nothing is None and each.base is not None for each in reports):
        return "nothing was compared"
    found = any(project.judged for each in reports for project in each.projects)
    return "nothing blocks" if found else NO_LOSS
