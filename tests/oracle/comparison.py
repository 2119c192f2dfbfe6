"""What is read of a project beside what drizzle-kit recorded."""

import difflib
import json
from typing import Any

from schemadiff.drizzle.line import Line
from schemadiff.drizzle.snapshot import snapshot
from schemadiff.model import Schema
from schemadiff.record import replace
from schemadiff.report.schema_text import schema_text
from tests.drizzle.ddl import comparable, schema_of
from tests.drizzle.project import read
from tests.oracle.generated import Project


def difference(project: Project, answer: dict[str, Any], line: Line) -> str:
    """Return how what is read differs from drizzle-kit's answer; "" if it does not."""
    found = read(project.files, project.entries, project.casing, line)
    if "refused" in answer:
        noted = found.rejected or found.unreadable
        return "" if noted else f"drizzle-kit refuses: {answer['refused']}"
    if found.rejected:
        return "\n".join(f"rejected: {each.reason}" for each in found.rejected)
    if line is Line.ONE:
        expected = schema_of(answer["snapshot"]["ddl"])
        return _lines(_without_flags(comparable(found)), expected)
    recorded = {
        key: value
        for key, value in answer["snapshot"].items()
        if key not in ("id", "prevId")
    }
    written = json.loads(json.dumps(snapshot(found)))
    return "" if written == recorded else _text_difference(written, recorded)


def _without_flags(schema: Schema) -> Schema:
    """Return `schema` without the flags of inline keys, which 1.0 records as keys."""
    tables = {
        name: replace(
            table,
            columns={
                key: replace(column, primary_key=False)
                for key, column in table.columns.items()
            },
        )
        for name, table in schema.tables.items()
    }
    return replace(schema, tables=tables)


def _lines(found: Schema, expected: Schema) -> str:
    if found == expected:
        return ""
    return _unified(schema_text(found), schema_text(expected)) or "differs"


def _text_difference(found: object, expected: object) -> str:
    return _unified(
        json.dumps(found, indent=1, sort_keys=True),
        json.dumps(expected, indent=1, sort_keys=True),
    )


def _unified(found: str, expected: str) -> str:
    lines = difflib.unified_diff(
        found.splitlines(), expected.splitlines(), "read", "recorded", lineterm=""
    )
    return "\n".join(lines)
