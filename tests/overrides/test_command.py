"""The printed command, given to a real shell and a real Git."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemadiff.overrides.apply import word
from schemadiff.overrides.command import allowing_command
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.subject import Subject


def finding(*parts: str) -> Finding:
    subject = Subject(parts)
    return Finding("drop-column", subject, Effect.DESTROYS, Severity.ERROR, "lost")


def understood(command: str, folder: Path) -> str:
    """Return what Git understands as the value, run by two shells."""
    line = command.removesuffix(" push") + " config --null --get schemadiff.allow"
    values = {
        subprocess.run(
            [shell, "-c", line],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            check=True,
        ).stdout
        for shell in ("bash", "sh")
    }
    (value,) = values
    return value.decode().removesuffix("\0")


def test_plain_names_stand_in_double_quotes() -> None:
    findings = [finding("clients", "email"), finding("clients", "name")]
    assert allowing_command(findings[:1]) == (
        'git -c schemadiff.allow="drop-column:clients.email" push'
    )
    assert allowing_command([*findings, *findings]) == (
        'git -c schemadiff.allow="drop-column:clients.email,drop-column:clients.name"'
        " push"
    )


@pytest.mark.parametrize(
    "name",
    ["a b", 'say "x"', "it's", "$HOME", "`id`", "back\\slash", "wow!", "-- x", "a,b"],
)
def test_odd_names_reach_git_unchanged(name: str, tmp_path: Path) -> None:
    found = finding("odd table", name)
    assert understood(allowing_command([found]), tmp_path) == word(found)


@pytest.mark.parametrize(
    "name", ["\x1b[31m", "\u202eabc", "a\tb", "a\nb\n", "é%s\x7f\\"]
)
def test_what_a_terminal_hides_is_written_out(name: str, tmp_path: Path) -> None:
    found = finding("t", name)
    command = allowing_command([found])
    assert command.isprintable()
    assert understood(command, tmp_path) == word(found)


@settings(max_examples=25, deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20
    )
)
def test_any_name_reaches_git_unchanged(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    found = finding("t", name)
    folder = tmp_path_factory.getbasetemp()
    assert understood(allowing_command([found]), folder) == word(found)
