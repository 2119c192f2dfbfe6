"""What each fact is known by, and what a push would take of it."""

import json

from tests.doctor.conftest import found, missing
from tests.install.conftest import CONFIG, LOSS, SCHEMA, Command, Project
from tests.repositories import Sandbox

JOURNAL = {"version": "7", "dialect": "postgresql", "entries": []}
FIRST = {"idx": 0, "version": "7", "when": 1, "tag": "0000_a", "breakpoints": True}


def test_configs_and_schema_files_say_what_they_are_known_by(
    project: Project, command: Command
) -> None:
    project.write(
        {
            "api/drizzle.config.ts": CONFIG,
            "api/schema.ts": SCHEMA,
            "jobs/db.config.ts": CONFIG.replace("./schema.ts", "./*.ts"),
            "jobs/schema.ts": SCHEMA,
            "jobs/package.json": json.dumps(
                {"scripts": {"db": "drizzle-kit push --config=db.config.ts"}}
            ),
            "schemadiff.toml": 'configs = ["drizzle.config.ts"]\n',
        }
    )
    sources = {
        each["config"]: (each["source"], each["files_source"])
        for each in found(command)["projects"]
    }
    assert sources == {
        "drizzle.config.ts": ("schemadiff.toml names it", "schema: schema.ts"),
        "jobs/db.config.ts": (
            "a script of a package.json names it",
            "schema: *.ts",
        ),
        "api/drizzle.config.ts": ("by its name", "schema: schema.ts"),
    }


def test_without_a_config_imports_or_settings_name_the_files(
    project: Project, command: Command
) -> None:
    project.write({"drizzle.config.ts": None})
    (seen,) = found(command)["projects"]
    assert (seen["source"], seen["files_source"]) == (
        None,
        "by their import of drizzle-orm/pg-core",
    )
    project.write({"schemadiff.toml": 'schema = ["*.ts"]\n'})
    (seen,) = found(command)["projects"]
    assert (seen["files"], seen["files_source"]) == (
        ["schema.ts"],
        "schemadiff.toml names *.ts",
    )


def test_the_migrations_that_were_pushed_say_how_it_deploys(
    project: Project, command: Command
) -> None:
    snapshot = command("schema", "--format", "drizzle").out
    project.commit(
        {
            "drizzle/meta/_journal.json": json.dumps(JOURNAL | {"entries": [FIRST]}),
            "drizzle/meta/0000_snapshot.json": snapshot,
            "drizzle/0000_a.sql": 'CREATE TABLE "clients" ("name" text, "email" text);',
        }
    )
    project.push()
    project.commit(LOSS)
    (seen,) = found(command)["projects"]
    assert (seen["ways"], seen["evidence"]) == (
        ["migrations"],
        "the newest migration snapshot equals the schema",
    )
    assert "judged for migrations" in command("check").out


def test_what_is_not_committed_is_said_to_stay_here(
    project: Project, command: Command
) -> None:
    assert not any("not committed" in each for each in found(command)["notes"])
    project.write({**LOSS, "schemadiff.toml": 'deploy = "push"\n'})
    assert found(command)["notes"][0] == (
        "a push does not take what is not committed: schema.ts, schemadiff.toml"
    )
    project.commit()
    assert not any("not committed" in each for each in found(command)["notes"])


def test_a_new_branch_is_compared_with_where_it_left(
    project: Project, command: Command
) -> None:
    left = project.at("HEAD")
    project.git("checkout", "--quiet", "-b", "feature")
    project.commit(LOSS)
    assert found(command)["base"]["commit"] == left


def test_a_shallow_clone_gets_the_line_that_mends_it(
    project: Project, command: Command
) -> None:
    project.commit(LOSS)
    project.push()
    clone = project.clone("shallow", "--depth=1")
    command("install", at=clone.path)
    (lack,) = found(command, clone.path)["missing"]
    assert lack["what"].startswith("this clone is shallow")
    assert lack["remedy"] == ["git fetch --unshallow"]
    clone.git(*lack["remedy"][0].split()[1:])
    assert missing(command, clone.path) == []


def test_an_empty_bare_repository_has_nothing_to_see(
    command: Command, project: Project
) -> None:
    bare = Sandbox(project.path.parent / "empty.git", "--bare")
    data = found(command, bare.path)
    assert (data["projects"], data["repository"]["files"]) == ([], None)


def test_names_of_branches_do_not_reach_the_terminal_raw(
    project: Project, command: Command
) -> None:
    project.git("checkout", "--quiet", "-b", "odd\u202ename")
    out = command("doctor").out
    assert out.replace("\n", "").isprintable()
    assert "odd\\u202ename" in out


def test_what_a_partial_clone_lacks_hinders_nothing_else(
    project: Project, command: Command
) -> None:
    project.commit({".github/workflows/a.yml": "      - run: schemadiff check\n"})
    project.push()
    origin = Sandbox(project.path.parent / "origin.git", made=True)
    origin.git("config", "uploadpack.allowFilter", "true")
    clone = project.clone("partial.git", "--bare", "--filter=blob:none")
    data = json.loads(command("doctor", "--json", at=clone.path).out)
    assert (data["code"], data["ci"], data["projects"]) == (1, [], [])
    assert any("is not in this repository" in each["what"] for each in data["missing"])
    assert data["repository"]["commit"] == project.at("HEAD")
