"""The README shows what the program prints; `pytest --accept` rewrites it."""

import shutil
from pathlib import Path

import pytest

from schemadiff.cli import main
from schemadiff.rules.table import short_table
from schemadiff.settings import parse_settings
from tests.repositories import Sandbox

PROJECT = Path(__file__).parents[1]
README = PROJECT / "README.md"
END = "<!-- end -->"


def hold(name: str, expected: str, *, accepting: bool) -> None:
    """Compare the part of the README called `name` with `expected`, or rewrite it."""
    text = README.read_text(encoding="utf-8")
    before, start, rest = text.partition(f"<!-- {name} -->\n")
    shown, end, after = rest.partition(END)
    assert start, name
    assert end, name
    if accepting:
        README.write_text(before + start + expected + end + after, encoding="utf-8")
        return
    assert shown == expected


def test_the_shown_report_is_the_one_that_is_printed(
    repository: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    accepting: bool,
) -> None:
    shutil.copytree(PROJECT / "demo" / "app", repository.path, dirs_exist_ok=True)
    repository.commit()
    repository.remote()
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    accident = PROJECT / "demo" / "changes" / "accident"
    shutil.copytree(accident, repository.path, dirs_exist_ok=True)
    repository.commit()
    monkeypatch.chdir(repository.path)
    assert main(["check"]) == 1
    printed = capsys.readouterr().out
    hold("report", f"```text\n{printed}```\n", accepting=accepting)


def test_the_shown_rules_are_those_that_there_are(*, accepting: bool) -> None:
    hold("rules", short_table(), accepting=accepting)


def test_every_setting_that_is_shown_is_known() -> None:
    text = README.read_text(encoding="utf-8")
    section = text.partition("## Settings")[2].partition("## ")[0]
    keys = [
        line.split("`")[1] for line in section.splitlines() if line.startswith("| `")
    ]
    assert len(keys) == 10
    values = {"rules": "{}", "missing-base": '"error"', "deploy": '"push"'}
    for key in keys:
        parse_settings(f"{key} = {values.get(key, repr('0.31.4'))}".encode())
