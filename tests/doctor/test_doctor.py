"""`schemadiff doctor`: what it sees, what it misses, and how it ends."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.doctor.conftest import BLIND, ENTRY, HOOK, found, missing
from tests.install.conftest import CONFIG, SCHEMA, Command, Project
from tests.repositories import Sandbox


def test_it_says_what_is_here_and_that_nothing_is_missing(
    project: Project, command: Command
) -> None:
    command("install")
    data = found(command)
    assert data["missing"] == []
    assert data["repository"] == {
        "root": str(project.path),
        "head": "main",
        "commit": project.at("HEAD"),
        "files": "work tree",
        "states": [],
    }
    assert data["hooks"] == [
        {"path": ".git/hooks/pre-push", "owner": "schemadiff", "judges": True}
    ]
    assert data["projects"] == [
        {
            "config": "drizzle.config.ts",
            "dialect": "postgresql",
            "files": ["schema.ts"],
            "tables": 1,
            "kit": "0.31.4",
            "kit_source": "package.json",
            "ways": ["push"],
            "evidence": "nothing in the project says how it deploys",
            "unreadable": [],
            "source": "by its name",
            "files_source": "schema: schema.ts",
        }
    ]
    assert data["base"]["label"] == "origin/main"
    assert data["base"]["commit"] == project.at("HEAD")
    assert command("doctor").out.endswith("\n\nschemadiff: nothing is missing\n")


def test_without_a_hook_installing_is_the_remedy_and_works(
    project: Project, command: Command
) -> None:
    del project
    (lack,) = found(command)["missing"]
    assert lack == {"what": HOOK, "remedy": ["schemadiff install"]}
    command(*lack["remedy"][0].split()[1:])
    assert missing(command) == []


def test_pre_commit_without_its_push_hook_is_said_with_its_command(
    project: Project, command: Command
) -> None:
    project.write({".pre-commit-config.yaml": ENTRY})
    assert project.run("pre-commit", "install").code == 0
    (lack,) = found(command)["missing"]
    assert lack["what"] == (
        ".pre-commit-config.yaml has schemadiff, but pre-commit's push hook is not"
        " installed; its commit hook is, and judges nothing"
    )
    assert lack["remedy"][0] == "pre-commit install -t pre-push"
    assert project.run(*lack["remedy"][0].split()).code == 0
    (blind,) = missing(command)
    assert blind.startswith(f"pre-commit {BLIND}")
    command("install")
    data = found(command)
    assert data["missing"] == []
    assert [each["path"] for each in data["hooks"]] == [
        ".git/hooks/pre-push.legacy",
        ".git/hooks/pre-push",
    ]


def test_what_the_configuration_installs_needs_no_option(
    project: Project, command: Command
) -> None:
    types = "default_install_hook_types: [pre-commit, pre-push]\n"
    project.write({".pre-commit-config.yaml": types + ENTRY})
    (lack,) = found(command)["missing"]
    assert lack["remedy"] == ["pre-commit install"]
    assert project.run("pre-commit", "install").code == 0
    assert [each for each in missing(command) if BLIND not in each] == []


def test_prek_is_told_by_its_own_name(project: Project, command: Command) -> None:
    project.write({".pre-commit-config.yaml": ENTRY})
    assert project.run("prek", "install", "-t", "pre-push").code == 0
    (blind,) = missing(command)
    assert blind.startswith(f"prek {BLIND}")


def test_stages_that_leave_pushes_out_are_said(
    project: Project, command: Command
) -> None:
    config = f"{ENTRY}        stages: [manual]\n"
    project.write({".pre-commit-config.yaml": config})
    project.run("pre-commit", "install", "-t", "pre-push")
    assert missing(command)[0] == (
        ".pre-commit-config.yaml runs schemadiff at manual, not at pre-push"
    )


def test_a_configuration_that_cannot_be_read_is_said(
    project: Project, command: Command
) -> None:
    command("install")
    project.write({".pre-commit-config.yaml": b"repos: [\xff"})
    (what,) = missing(command)
    assert what.startswith(".pre-commit-config.yaml: it could not be read: ")


def test_a_tool_that_looks_after_the_hooks_gets_its_own_lines(
    project: Project, command: Command
) -> None:
    project.write({"lefthook.yml": "pre-push:\n  commands: {}\n"})
    (lack,) = found(command)["missing"]
    assert lack["what"] == "not installed: lefthook looks after the hooks here"
    assert "          run: schemadiff pre-push {0}" in lack["remedy"]


def test_a_tool_whose_hook_cannot_find_the_command_is_said(
    project: Project, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = "    - run: schemadiff pre-push {0}\n      use_stdin: true\n"
    project.write({"lefthook.yml": f"pre-push:\n  jobs:\n{job}"})
    project.hook('#!/bin/sh\ncall_lefthook run "pre-push" "$@"\n')
    assert missing(command) == []
    monkeypatch.setenv("PATH", os.defpath)
    (lack,) = found(command)["missing"]
    assert lack == {
        "what": "lefthook.yml calls schemadiff, which is not found: every push fails",
        "remedy": ["pip install drizzle-schemadiff"],
    }


def test_a_folder_of_hooks_that_others_share_is_said(
    project: Project, command: Command, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    project.git("config", "core.hooksPath", str(shared))
    (lack,) = found(command)["missing"]
    assert lack["what"].startswith(f"not installed: Git takes hooks from {shared}")
    assert "    schemadiff install --force" in lack["remedy"]
    assert command("install", "--force").code == 0
    assert missing(command) == []
    shutil.rmtree(shared)
    shared.write_text("")
    (lack,) = found(command)["missing"]
    assert lack["what"].endswith("which is no folder: Git runs no hooks here")
    project.git(*lack["remedy"][0].split()[1:])
    assert missing(command) == [HOOK]


def test_a_hook_that_git_does_not_run_is_said(
    project: Project, command: Command
) -> None:
    command("install")
    (project.hooks / "pre-push").chmod(0o644)
    (lack,) = found(command)["missing"]
    assert lack["remedy"] == [f"chmod +x {project.hooks / 'pre-push'}"]
    assert project.run(*lack["remedy"][0].split()).code == 0
    assert missing(command) == []


@pytest.mark.parametrize(
    ("hook", "what"),
    [
        ("#!/bin/sh\n# ID: schemadiff-pre-push-hook\ninstalled=/no/schemadiff\n",
         ".git/hooks/pre-push calls /no/schemadiff, which is not found"),
        ('#!/bin/sh\nschemadiff pre-push "$@"\n',
         ".git/hooks/pre-push calls schemadiff, which is not found"),
    ],
)  # fmt: skip
def test_a_hook_whose_command_is_not_found_fails_every_push(
    project: Project,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    hook: str,
    what: str,
) -> None:
    project.hook(hook)
    assert missing(command) == []
    monkeypatch.setenv("PATH", os.defpath)
    assert shutil.which("schemadiff") is None
    (said,) = missing(command)
    assert said == f"{what}: every push fails"


def test_a_pre_commit_that_is_gone_fails_every_push(
    project: Project, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.hook(
        "#!/bin/sh\n# File generated by pre-commit\nINSTALL_PYTHON=/no/python\n"
    )
    project.write({".pre-commit-config.yaml": ENTRY})
    assert BLIND in missing(command)[0]
    monkeypatch.setenv("PATH", os.defpath)
    assert missing(command)[0].startswith(
        ".git/hooks/pre-push runs /no/python, which is not there, and pre-commit"
    )


def test_on_a_build_machine_no_hook_is_missing(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    data = found(command)
    assert HOOK not in [each["what"] for each in data["missing"]]
    assert any("build machine" in each for each in data["notes"])


def test_a_workflow_that_runs_it_is_seen(project: Project, command: Command) -> None:
    command("install")
    name = ".github/workflows/schema.yml"
    project.write(
        {name: "      - run: schemadiff check\n", ".github/workflows/b.yml": ""}
    )
    assert found(command)["ci"] == [name]


def test_a_word_kept_in_gits_configuration_refuses_every_push(
    project: Project, command: Command
) -> None:
    command("install")
    project.git("config", "schemadiff.allow", "drop-table:a")
    (lack,) = found(command)["missing"]
    assert lack["remedy"] == ["git config --local --unset-all schemadiff.allow"]
    project.git(*lack["remedy"][0].split()[1:])
    assert missing(command) == []


def test_every_config_of_a_monorepo_is_seen(project: Project, command: Command) -> None:
    command("install")
    other = CONFIG.replace("postgresql", "sqlite")
    project.write(
        {
            "apps/a/drizzle.config.ts": CONFIG,
            "apps/a/schema.ts": SCHEMA,
            "apps/a/package.json": json.dumps(
                {
                    "dependencies": {"drizzle-kit": "^0.30.1"},
                    "scripts": {"build": "drizzle-kit migrate"},
                }
            ),
            "apps/b/drizzle.config.ts": other,
        }
    )
    first, second, third = found(command)["projects"]
    keys = ("config", "dialect", "kit", "ways", "kit_source")
    assert [first[each] for each in keys] == [
        "apps/a/drizzle.config.ts",
        "postgresql",
        "0.30.1",
        ["migrations"],
        "apps/a/package.json",
    ]
    assert (second["config"], second["dialect"]) == (
        "apps/b/drizzle.config.ts",
        "sqlite",
    )
    assert third["config"] == "drizzle.config.ts"
    assert "is for sqlite and is not judged" in command("doctor").out


def test_what_is_unreadable_today_is_said_with_its_place(
    project: Project, command: Command
) -> None:
    command("install")
    name = "text(process.env.NAME as string)"
    project.write({"schema.ts": SCHEMA.replace('text("email")', name)})
    data = found(command)
    (part,) = data["projects"][0]["unreadable"]
    assert part["place"] == "schema.ts:4"
    (lack,) = data["missing"]
    assert lack["what"].startswith(f"schema.ts:4: {part['subject']} {part['reason']}")


def test_a_config_that_cannot_be_read_is_remedied_by_the_settings(
    project: Project, command: Command
) -> None:
    command("install")
    computed = CONFIG.replace('"./schema.ts"', "process.env.SCHEMA")
    project.write({"drizzle.config.ts": computed})
    (lack,) = found(command)["missing"]
    assert lack["what"].startswith("drizzle.config.ts:2: drizzle.config.ts ")
    assert "names the files" in lack["remedy"][0]
    project.write({"schemadiff.toml": 'schema = ["schema.ts"]\n'})
    data = found(command)
    assert (data["missing"], data["settings"]) == ([], "schemadiff.toml")


def test_a_kit_that_nothing_names_is_missing(
    project: Project, command: Command
) -> None:
    command("install")
    project.write({"package.json": "{}"})
    (lack,) = found(command)["missing"]
    assert lack["remedy"] == ['schemadiff.toml: drizzle-kit = "0.31.4"']
    project.write({"schemadiff.toml": lack["remedy"][0].partition(": ")[2]})
    data = found(command)
    assert (data["missing"], data["projects"][0]["kit_source"]) == (
        [],
        "schemadiff.toml",
    )


def test_without_a_schema_nothing_is_judged(project: Project, command: Command) -> None:
    command("install")
    project.write({"drizzle.config.ts": None, "schema.ts": None})
    (what,) = missing(command)
    assert what.endswith("nothing is judged")


@pytest.mark.parametrize("text", [b"strange = 1\n", b"= not toml", b"a = '\xff'"])
def test_settings_that_cannot_be_read_hinder_nothing_else(
    project: Project, command: Command, text: bytes
) -> None:
    command("install")
    project.write({"schemadiff.toml": text})
    data = found(command)
    (lack,) = data["missing"]
    assert lack["what"].startswith("schemadiff.toml")
    assert data["code"] == 2
    assert data["projects"][0]["tables"] == 1
    project.commit()
    assert [each["what"] for each in found(command)["missing"]] == [lack["what"]]


def test_what_production_was_published_from_is_said(
    project: Project, command: Command
) -> None:
    command("install")
    build = '[deployment]\nbuild = ["npm", "run", "build"]\n'
    project.commit({".replit": build})
    assert (
        "there is no commit titled 'Published your App'" in found(command)["notes"][0]
    )
    publish = project.commit(message="Published your App")
    project.commit({"schema.ts": SCHEMA.replace('  email: text("email"),\n', "")})
    data = found(command)
    assert data["published"]["commit"] == publish
    assert (data["is_publish_judged"], data["missing"]) == (False, [])
    assert "schemadiff install --replit" in " ".join(data["notes"])
    command("install", "--replit")
    data = found(command)
    assert data["is_publish_judged"] is True
    assert "schemadiff install --replit" not in " ".join(data["notes"])


def test_without_a_repository_it_cannot_look(command: Command, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    done = command("doctor", at=tmp_path / "elsewhere")
    assert (done.code, "is not a Git repository" in done.out) == (2, True)
    assert command("doctor", "--json", at=tmp_path / "elsewhere").code == 2


def test_before_the_first_commit_the_files_are_seen(
    command: Command, tmp_path: Path
) -> None:
    empty = Sandbox(tmp_path / "empty")
    empty.write({"drizzle.config.ts": CONFIG, "schema.ts": SCHEMA})
    data = found(command, empty.path)
    assert data["repository"]["commit"] is None
    assert data["base_note"] == "no commit yet: nothing to judge"
    assert data["projects"][0]["tables"] == 1


def test_without_a_remote_there_is_no_base(project: Project, command: Command) -> None:
    project.git("remote", "remove", "origin")
    data = found(command)
    assert (data["base"], data["base_note"]) == (
        None,
        "no remote: nothing has been pushed yet",
    )


def states(data: Mapping[str, Any]) -> list[str]:
    said: list[str] = data["repository"]["states"]
    return said


def test_a_bare_repository_reads_head(project: Project, command: Command) -> None:
    bare = project.path.parent / "origin.git"
    data = found(command, bare)
    assert (data["repository"]["files"], states(data)) == (
        "HEAD",
        ["a bare repository"],
    )
    assert (data["missing"], data["projects"][0]["tables"]) == ([], 1)


def test_a_linked_work_tree_has_the_hooks_of_its_repository(
    project: Project, command: Command, tmp_path: Path
) -> None:
    command("install")
    project.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    data = found(command, tmp_path / "linked")
    assert states(data) == ["a linked work tree", "HEAD is detached"]
    assert data["missing"] == []
    assert data["hooks"][0]["path"] == str(project.hooks / "pre-push")


def test_a_submodule_is_looked_at_as_a_repository(
    project: Project, command: Command, tmp_path: Path
) -> None:
    outer = Sandbox(tmp_path / "outer")
    url = str(project.path.parent / "origin.git")
    outer.git(
        "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", url, "db"
    )
    data = found(command, outer.path / "db")
    assert states(data) == ["a submodule"]
    assert data["projects"][0]["tables"] == 1
    assert command("install", at=outer.path / "db").code == 0
    assert missing(command, outer.path / "db") == []


def test_a_shallow_clone_is_said(project: Project, command: Command) -> None:
    shallow = project.clone("shallow", "--depth=1")
    data = found(command, shallow.path)
    assert states(data) == ["a shallow clone"]
    assert (data["base"], "shallow" in data["base_note"]) == (None, True)


def test_in_the_middle_of_a_rebase_head_is_read(
    project: Project, command: Command
) -> None:
    command("install")
    project.git("checkout", "--quiet", "-b", "other")
    project.commit({"schema.ts": SCHEMA + "// one\n"})
    project.git("checkout", "--quiet", "main")
    project.commit({"schema.ts": SCHEMA + "// two\n"})
    project.git("rebase", "other", check=False)
    data = found(command)
    assert states(data) == ["HEAD is detached", "a rebase is going on"]
    assert data["repository"]["files"] == "HEAD"
    assert any("schema.ts is not merged yet" in each for each in data["notes"])
    assert (data["missing"], data["projects"][0]["tables"]) == ([], 1)


def test_nothing_in_the_repository_changes(project: Project, command: Command) -> None:
    command("install")
    before = project.state()
    for path in (project.path / ".git", project.path / ".git" / "hooks"):
        path.chmod(0o555)
    try:
        assert missing(command) == []
    finally:
        for path in (project.path / ".git", project.path / ".git" / "hooks"):
            path.chmod(0o755)
    assert project.state() == before


def test_no_name_reaches_the_terminal_raw(project: Project, command: Command) -> None:
    project.write({"apps\x1b[31m/drizzle.config.ts": CONFIG})
    done = command("doctor")
    assert "\x1b" not in done.out
    assert "apps\\x1b[31m/drizzle.config.ts" in done.out
