"""The lines that the README gives each hook tool are those that `install` prints."""

import re
import textwrap
from pathlib import Path

import pytest

from tests.install.conftest import BLOCKED, LOSS, QUIET, Command, Project

README = Path(__file__).parents[2] / "README.md"
HOOKS = README.parent / "hooks"
PACKAGE = '{{"devDependencies": {{"husky": "9"}}, {}\n}}\n'


def block(heading: str, language: str) -> str:
    """Return the first block of code below a heading."""
    below = README.read_text(encoding="utf-8").partition(f"\n### {heading}\n")[2]
    found = re.search(rf"```{language}\n(.*?)```", below, re.DOTALL)
    assert found is not None, heading
    return found[1]


@pytest.mark.parametrize(
    ("heading", "language", "before"),
    [
        ("With lefthook", "yaml", {"lefthook.yml": "pre-commit:\n  jobs: []\n"}),
        (
            "With simple-git-hooks",
            "json",
            {"package.json": '{"simple-git-hooks": {"pre-commit": "true"}}\n'},
        ),
    ],
)
def test_install_prints_what_the_readme_says(
    project: Project,
    command: Command,
    heading: str,
    language: str,
    before: dict[str, str],
) -> None:
    project.write(before)
    done = command("install")
    assert done.code == 1
    assert textwrap.indent(block(heading, language), "    ") in done.out


def test_install_prints_huskys_line(project: Project, command: Command) -> None:
    project.write(
        {".husky/pre-commit": "true\n", "package.json": PACKAGE.format('"a": 1')}
    )
    line = block("With husky", "sh").removesuffix("\n")
    assert f"    {line}" in command("install").out


def test_the_folder_of_a_clone_works_as_the_place_of_hooks(project: Project) -> None:
    line = re.search(
        r"`git config (core\.hooksPath) /path/to/schemadiff/hooks`", README.read_text()
    )
    assert line is not None
    project.git("config", line[1], str(HOOKS))
    project.commit({"README.md": "1"})
    pushed = project.push()
    assert (pushed.code, QUIET in pushed.out) == (0, True)
    project.commit(LOSS)
    pushed = project.push()
    assert (pushed.code, BLOCKED in pushed.out) == (1, True)
