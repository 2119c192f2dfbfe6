"""A remote's tip that is not here, with our hook alone and behind either tool."""

import pytest

from tests.install.conftest import LOSS, SCHEMA, Project

CONFIG = """\
repos:
  - repo: local
    hooks:
      - {id: other, name: other, entry: "true", language: system, stages: [pre-push]}
"""
WARNING = {"schemadiff.toml": 'missing-base = "warning"\n'}


@pytest.fixture(params=[None, "pre-commit", "prek"])
def hooked(project: Project, request: pytest.FixtureRequest) -> Project:
    """A project with our hook, whose remote has a commit that was never fetched."""
    home = str(project.path.parent / "tool-home")
    project.environment |= {"PRE_COMMIT_HOME": home, "PREK_HOME": home}
    assert project.run("schemadiff", "install").code == 0
    if request.param:
        project.write({".pre-commit-config.yaml": CONFIG})
        project.git("add", "--all")
        assert project.run(request.param, "install", "-t", "pre-push").code == 0
        assert (project.hooks / "pre-push.legacy").exists()
    other = project.clone("other")
    other.commit({"schema.ts": SCHEMA + "export const a = 1;\n"})
    other.git("push", "--quiet", "origin", "main")
    return project


def test_it_blocks_and_the_printed_line_brings_it(hooked: Project) -> None:
    pushed = hooked.push("--force", "origin", "main")
    assert pushed.code == 1
    assert "is not in this repository, so nothing can be compared with it" in pushed.out
    assert "\n  git fetch origin main\n" in pushed.out
    hooked.git("fetch", "origin", "main")
    pushed = hooked.push("--force", "origin", "main")
    assert "HEAD compared with origin/main: 1 error" in pushed.out


def test_as_a_warning_it_passes_and_is_still_said(hooked: Project) -> None:
    hooked.commit({**LOSS, **WARNING})
    pushed = hooked.push("--force", "origin", "main")
    assert pushed.code == 0, pushed.out
    said = " ".join(pushed.out.split())
    assert "git fetch origin main brings it" in said
    assert hooked.at("main") == hooked.git("ls-remote", "origin", "main").split()[0]
