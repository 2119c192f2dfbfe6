"""The sample push in every format; `pytest --accept` writes the files anew."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from schemadiff.report.formats import FORMATS, render
from schemadiff.report.terminal import Style
from schemadiff.report.text import render as render_text
from tests.report.sample import REPORTS

ROOT = Path(__file__).parents[2]
Golden = Callable[[str, str], None]


def rendered(form: str) -> str:
    return render(REPORTS, form, io.StringIO(), {})


@pytest.mark.parametrize("form", FORMATS)
def test_the_sample_reads_as_it_was_accepted(form: str, golden: Golden) -> None:
    text = rendered(form).replace('"0.1.0"', '"VERSION"')
    if form == "sarif":  # the rules' pages have files of their own
        log = json.loads(text)
        for run in log["runs"]:
            del run["tool"]["driver"]["rules"]
        text = json.dumps(log, indent=2) + "\n"
    golden(f"report.{form}", text)


def test_colour_is_only_emphasis(golden: Golden) -> None:
    text = render_text(REPORTS, Style(60, colour=True))
    golden("report.narrow.text", text.replace("\x1b", "<esc>"))
    uncoloured = text.replace("\x1b[0m", "")
    for code in ("1;31", "1;33", "1"):
        uncoloured = uncoloured.replace(f"\x1b[{code}m", "")
    assert uncoloured == render_text(REPORTS, Style(60))


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_from_files_reaches_a_terminal_raw(form: str) -> None:
    text = rendered(form)
    assert text.replace("\n", "").isprintable()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_json_is_what_its_schema_says() -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text())
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    validator(schema).validate(json.loads(rendered("json")))
    validator(schema).validate(json.loads(render((), "json", io.StringIO(), {})))


def test_each_annotation_is_one_line_that_a_runner_understands() -> None:
    lines = rendered("github").splitlines()
    commands = [each for each in lines if each.startswith("::")]
    assert [each.split(" ")[0] for each in commands] == [
        "::warning",
        "::notice",
        "::error",
        "::error",
        "::notice",
        "::warning",
    ]
    assert not any("##[" in each for each in lines)
    properties = commands[3].split("::")[1]
    assert properties.count(",") == 3  # title, file, line, column: no comma inside
    assert "100 %25 of it" in commands[3]


def test_sarif_says_what_the_standard_asks_for() -> None:
    log = json.loads(rendered("sarif"))
    assert log["version"] == "2.1.0"
    assert len(log["runs"]) == len(REPORTS)
    for run in log["runs"]:
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert len(rules) == len(set(rules))
        for result in run["results"]:
            assert rules[result["ruleIndex"]] == result["ruleId"]
            assert result["level"] in ("error", "warning")
            (location,) = result["locations"]
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert uri.isascii()
            assert " " not in uri
    first = log["runs"][0]["results"]
    assert [len(each["suppressions"]) for each in first] == [0, 1, 0, 1, 0]
