"""What travels with the commits, and what is the trunk's doing."""

import os
import re

from tests.end_to_end.conftest import BESIDE_PYTHON, App

RENAMED = "Schemadiff-Allow: rename-column clients.company_name — exported"
DROPPED = "Schemadiff-Allow: drop-column clients.email -- exported on 2026-11-20"
SCHEMA = "shared/schema.ts"


def drop_email(app: App, message: str) -> None:
    path = app.sandbox.path / SCHEMA
    text = path.read_text().replace('  email: text("email"),\n', "")
    app.sandbox.commit({SCHEMA: text}, message)


def test_a_trailer_allows_what_its_range_changes(app: App) -> None:
    app.change("accident")
    app.sandbox.commit(message=f"Say that it is meant\n\n{RENAMED}\n{DROPPED}")
    done = app.check()
    assert done.code == 0, done.out
    assert "exported on 2026-11-20" in done.out
    assert "Ada Example" in done.out


def test_a_trailer_that_was_pushed_allows_nothing_later(app: App) -> None:
    app.use_native()
    drop_email(app, f"Drop it\n\n{DROPPED}")
    assert app.run("git", "push", "origin", "main").code == 0
    app.sandbox.git("revert", "--no-edit", "HEAD")
    assert app.run("git", "push", "origin", "main").code == 0
    drop_email(app, "Drop it again")
    assert app.run("git", "push", "origin", "main").code == 1


def test_a_trailer_needs_its_reason(app: App) -> None:
    drop_email(app, "Drop it\n\nSchemadiff-Allow: drop-column clients.email")
    done = app.check()
    assert done.code == 1
    assert "gives no reason" in done.out


def test_a_trailer_of_another_form_is_said_and_allows_nothing(app: App) -> None:
    drop_email(app, "Drop it\n\nSchemadiff-Allow: everything — please")
    done = app.check()
    assert done.code == 1
    assert "is not an override; it allows nothing" in " ".join(done.out.split())


def test_merging_the_trunk_is_not_blamed_on_who_merges(app: App) -> None:
    app.sandbox.git("switch", "--quiet", "--create", "feature")
    app.sandbox.commit({"server/a.ts": "export const a = 1;\n"})
    app.sandbox.git("push", "--quiet", "origin", "feature")
    app.sandbox.git("switch", "--quiet", "main")
    drop_email(app, "Drop it on the trunk")
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.git("switch", "--quiet", "feature")
    app.sandbox.merge("main")
    app.use_native()
    done = app.run("git", "push", "origin", "feature")
    assert done.code == 0, done.out
    assert "1 already on origin/main" in " ".join(done.out.split())


def test_on_the_trunk_nothing_is_excused(app: App) -> None:
    app.sandbox.git("switch", "--quiet", "--create", "feature")
    drop_email(app, "Drop it on a branch")
    app.sandbox.git("push", "--quiet", "origin", "feature")
    app.sandbox.git("switch", "--quiet", "main")
    app.sandbox.merge("feature")
    app.use_native()
    assert app.run("git", "push", "origin", "main").code == 1


def test_on_branches_that_are_not_protected_findings_are_warnings(app: App) -> None:
    app.sandbox.commit({"schemadiff.toml": 'protect = ["main", "release/*"]\n'})
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.use_native()
    for branch, code in (("feature", 0), ("release/1", 1)):
        app.sandbox.git("switch", "--quiet", "--create", branch, "main")
        drop_email(app, "Drop it")
        done = app.run("git", "push", "origin", branch)
        assert done.code == code, done.out
        assert ("warning" if code == 0 else "error") + "[drop-column]" in done.out


def test_what_the_trunk_dropped_is_excused_where_it_looks_renamed(app: App) -> None:
    app.sandbox.git("switch", "--quiet", "--create", "feature")
    app.sandbox.commit({"server/a.ts": "export const a = 1;\n"})
    app.sandbox.git("push", "--quiet", "origin", "feature")
    app.sandbox.git("switch", "--quiet", "main")
    drop_email(app, "Drop it on the trunk")
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.git("switch", "--quiet", "feature")
    app.sandbox.merge("main")
    text = (app.sandbox.path / SCHEMA).read_text()
    line = '  mail: text("mail"),\n});'
    app.sandbox.commit({SCHEMA: text.replace("});", line, 1)})
    app.use_native()
    done = app.run("git", "push", "origin", "feature")
    assert done.code == 0, done.out
    assert "1 already on origin/main" in " ".join(done.out.split())


def test_what_the_branch_does_beyond_the_trunk_is_its_own(app: App) -> None:
    def names_of(digits: int) -> dict[str, str | bytes | None]:
        text = (app.sandbox.path / SCHEMA).read_text()
        changed = re.sub(
            r'text\("company_name"\)|varchar\("company_name", .*?\)',
            f'varchar("company_name", {{ length: {digits} }})',
            text,
        )
        return {SCHEMA: changed.replace("import {", "import { varchar,", 1)}

    app.sandbox.git("push", "--quiet", "origin", "main:feature")
    app.sandbox.commit(names_of(500))
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.git("switch", "--quiet", "--create", "feature")
    app.use_native()
    done = app.run("git", "push", "--dry-run", "origin", "feature")
    assert "no warnings, 1 already on origin/main" in " ".join(done.out.split())
    app.sandbox.commit(names_of(50))
    done = app.run("git", "push", "origin", "feature")
    assert "warning[narrow-column-type]" in done.out
    assert "longer than 50" in " ".join(done.out.split())


def test_what_a_shallow_clone_hides_is_not_excused_but_can_be_allowed(
    app: App,
) -> None:
    app.sandbox.git("push", "--quiet", "origin", "main:feature")
    app.sandbox.commit({"server/a.ts": "export const a = 1;\n"})
    app.sandbox.git("push", "--quiet", "origin", "main")
    options = ("--depth=1", "--no-single-branch", "--branch=feature")
    app.sandbox = app.sandbox.clone("shallow", *options)
    app.sandbox.environment["PATH"] = BESIDE_PYTHON + os.pathsep + os.environ["PATH"]
    app.use_native()
    drop_email(app, "Drop it")
    done = app.run("git", "push", "origin", "feature")
    assert done.code == 1
    assert "error[drop-column]" in done.out
    assert "nothing is left out for being already on origin/main" in " ".join(
        done.out.split()
    )
    allow = "schemadiff.allow=drop-column:clients.email"
    assert app.run("git", "-c", allow, "push", "origin", "feature").code == 0


def test_a_check_by_hand_judges_as_the_push_would(app: App) -> None:
    app.sandbox.git("switch", "--quiet", "--create", "feature")
    app.sandbox.commit({"server/a.ts": "export const a = 1;\n"})
    app.sandbox.git("push", "--quiet", "origin", "feature")
    app.sandbox.git("switch", "--quiet", "main")
    drop_email(app, "Drop it on the trunk")
    assert app.check().code == 1
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.git("switch", "--quiet", "feature")
    app.sandbox.merge("main")
    done = app.check()
    assert done.code == 0, done.out
    assert "1 already on origin/main" in " ".join(done.out.split())


def test_a_new_protected_branch_is_judged_whatever_feature_branches_did(
    app: App,
) -> None:
    app.sandbox.commit({"schemadiff.toml": 'protect = ["main", "refs/tags/v*"]\n'})
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.git("switch", "--quiet", "--create", "feature")
    drop_email(app, "Drop it on a branch")
    app.use_native()
    assert app.run("git", "push", "origin", "feature").code == 0
    assert app.run("git", "push", "origin", "feature:other").code == 0
    assert app.run("git", "push", "origin", "feature:v1").code == 0
    app.sandbox.git("tag", "v1")
    done = app.run("git", "push", "origin", "refs/tags/v1")
    assert done.code == 1
    assert "error[drop-column]" in done.out


def test_what_came_by_a_squash_and_left_the_trunk_since_is_excused(app: App) -> None:
    app.sandbox.git("push", "--quiet", "origin", "main:feature")
    text = (app.sandbox.path / SCHEMA).read_text()
    line = '  email: text("email"),\n  fax: text("fax"),\n'
    with_fax = text.replace('  email: text("email"),\n', line)
    app.sandbox.commit({SCHEMA: with_fax})
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.git("switch", "--quiet", "--create", "feature", "origin/feature")
    app.sandbox.git("merge", "--quiet", "--squash", "main")
    app.sandbox.commit()
    app.sandbox.git("push", "--quiet", "origin", "feature")
    app.sandbox.git("switch", "--quiet", "main")
    app.sandbox.commit({SCHEMA: text})
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.git("switch", "--quiet", "feature")
    app.sandbox.commit({SCHEMA: text}, "Squash main once more")
    app.use_native()
    done = app.run("git", "push", "origin", "feature")
    assert done.code == 0, done.out
    assert "1 already on origin/main" in " ".join(done.out.split())
