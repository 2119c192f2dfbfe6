"""The report for programs: `docs/report.schema.json` describes it.

Keys are only ever added. Texts are ASCII with escapes, so no log can garble them.
"""

import json
from collections.abc import Sequence

from schemadiff import __version__
from schemadiff.outcome import Judged, Project, Report
from schemadiff.overrides.apply import word
from schemadiff.overrides.override import Override
from schemadiff.report.summary import summary
from schemadiff.source import Span

FORMAT = 1

Json = dict[str, object]


def render(reports: Sequence[Report]) -> str:
    """Return the reports as one JSON document, with a line break at its end."""
    document = {
        "format": FORMAT,
        "schemadiff": __version__,
        "blocks": any(each.blocks for each in reports),
        "comparisons": [_comparison(each) for each in reports],
    }
    return json.dumps(document, indent=2) + "\n"


def _comparison(report: Report) -> Json:
    return {
        "base": report.base,
        "head": report.head,
        "summary": summary(report),
        "compared": report.nothing is None and report.base is not None,
        "blocks": report.blocks,
        "projects": [_project(each) for each in report.projects],
        "notes": list(report.notes),
        "unused": [_override(each) for each in report.unused],
    }


def _project(project: Project) -> Json:
    deploy = project.deploy
    return {
        "config": project.config,
        "deploy": deploy
        and {
            "kit": deploy.kit,
            "ways": [str(way) for way in deploy.ways],
            "evidence": deploy.evidence,
        },
        "findings": [_finding(each) for each in project.judged],
    }


def _finding(judged: Judged) -> Json:
    finding = judged.finding
    return {
        "rule": finding.rule,
        "subject": str(finding.subject),
        "effect": str(finding.effect),
        "severity": str(finding.severity),
        "blocks": judged.blocks,
        "message": finding.message,
        "was": _place(finding.was, judged.was_text),
        "is": _place(finding.now, judged.now_text),
        "sql": list(finding.sql),
        "safer": list(finding.safer),
        "backup": list(finding.backup),
        "notes": list(finding.notes),
        "allow": word(finding),
        "override": judged.override and _override(judged.override),
        "excused": judged.excused,
    }


def _place(span: Span | None, text: str | None) -> Json | None:
    if span is None:
        return None
    return {"path": span.path, "line": span.line, "column": span.column, "text": text}


def _override(override: Override) -> Json:
    return {
        "rule": override.rule,
        "subject": override.subject,
        "reason": override.reason,
        "origin": override.origin,
    }
