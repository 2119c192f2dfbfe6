"""The report as SARIF 2.1.0, which code-scanning services read.

Standard: https://docs.oasis-open.org/sarif/sarif/v2.1.0/; what GitHub makes of it:
"SARIF support for code scanning" in its documentation.
"""

import json
from collections.abc import Sequence
from urllib.parse import quote

from schemadiff import __version__
from schemadiff.outcome import Judged, Project, Report
from schemadiff.overrides.apply import word
from schemadiff.report.summary import allowed_by, described, summary
from schemadiff.rules.catalogue import RULES
from schemadiff.rules.rule import Rule
from schemadiff.source import Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "SRCROOT"

Json = dict[str, object]


def render(reports: Sequence[Report]) -> str:
    """Return the reports as one SARIF log with one run for each comparison."""
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [_run(each) for each in reports],
    }
    return json.dumps(log, indent=2) + "\n"


def _run(report: Report) -> Json:
    found = [(project, each) for project in report.projects for each in project.judged]
    notes = [summary(report), *report.notes]
    return {
        "tool": {
            "driver": {
                "name": "schemadiff",
                "version": __version__,
                "rules": [_rule(each) for each in RULES],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "the repository's root"}}
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "exitCode": int(report.blocks),
                "toolExecutionNotifications": [
                    {"level": "note", "message": {"text": each}} for each in notes
                ],
            }
        ],
        "results": [_result(project, each) for project, each in found],
    }


def _rule(rule: Rule) -> Json:
    worst = [each for each in (rule.push, rule.push_1, rule.migrations) if each]
    is_error = any(each.severity == "error" for each in worst)
    page = rule.page.strip()
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": page.split("\n\n")[0].replace("\n", " ")},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": "error" if is_error else "warning"},
    }


def _result(project: Project, judged: Judged) -> Json:
    finding = judged.finding
    places = [each for each in (finding.now, finding.was) if each is not None]
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": next(i for i, each in enumerate(RULES) if each.id == finding.rule),
        "level": str(finding.severity),
        "message": {"text": described(judged)},
        "locations": [_location(places[0] if places else None, project.config)],
        "partialFingerprints": {
            "subject/v1": f"{project.config} {word(finding)}",
        },
        "suppressions": _suppressions(judged),
        "properties": {"effect": str(finding.effect), "subject": str(finding.subject)},
    }
    if finding.was is not None:
        was = _location(finding.was, project.config)
        was["id"] = 1
        was["message"] = {"text": "where it was at base"}
        result["relatedLocations"] = [was]
    return result


def _location(span: Span | None, config: str) -> Json:
    path = span.path if span else config
    place: Json = {
        "artifactLocation": {
            "uri": quote(path, errors="surrogateescape"),
            "uriBaseId": _ROOT,
        }
    }
    if span is not None:
        place["region"] = {"startLine": span.line, "startColumn": span.column}
    return {"physicalLocation": place}


def _suppressions(judged: Judged) -> list[Json]:
    """Return who waved the result through; an empty list says that nobody did."""
    if judged.override is not None:
        why = allowed_by(judged.override)
    elif judged.excused is not None:
        why = judged.excused
    else:
        return []
    return [{"kind": "external", "status": "accepted", "justification": why}]
