"""A push that brings another drizzle-kit says what that one does differently."""

import pytest

from tests.end_to_end.conftest import App

PACKAGE = "package.json"
SCHEMA = "shared/schema.ts"
NOTE = "note: this push replaces drizzle-kit"


def with_kit(app: App, version: str) -> None:
    text = (app.sandbox.path / PACKAGE).read_text()
    known = '"drizzle-kit": "^0.31.4"'
    assert known in text
    text = text.replace(known, f'"drizzle-kit": "{version}"')
    app.sandbox.commit({PACKAGE: text}, f"drizzle-kit {version}")


def told(app: App) -> str:
    """Return the report as one line, without the breaks at its width."""
    return " ".join(app.check().out.split())


def test_an_upgrade_alone_passes_and_says_what_is_new(app: App) -> None:
    with_kit(app, "1.0.0-rc.5")
    done = app.check()
    assert done.code == 0, done.out
    assert (
        f"{NOTE} 0.31.4 by 1.0.0-rc.5, which no longer empties a table before it adds a"
        " required column, now converts and cuts values when a type changes, now"
        " manages every Postgres schema when schemaFilter is omitted and no longer"
        " reads casing from its config"
    ) in told(app)


def test_an_upgrade_is_said_beside_what_it_changes(app: App) -> None:
    with_kit(app, "0.30.6")
    app.change("accident")
    assert app.check().code == 1
    assert (
        f"{NOTE} 0.31.4 by 0.30.6, which now empties a table before it changes a"
        " column's type"
    ) in told(app)


@pytest.mark.parametrize("version", ["0.31.11", "^0.31.4"])
def test_an_upgrade_that_behaves_alike_is_not_said(app: App, version: str) -> None:
    text = (app.sandbox.path / PACKAGE).read_text()
    app.sandbox.commit({PACKAGE: text.replace("^0.31.4", version)})
    assert "replaces drizzle-kit" not in told(app)


def test_a_version_that_the_settings_name_is_not_replaced(app: App) -> None:
    app.sandbox.commit({"schemadiff.toml": 'drizzle-kit = "0.31.11"\n'})
    app.sandbox.git("push", "--quiet", "origin", "main")
    with_kit(app, "1.0.0-rc.5")
    assert "replaces drizzle-kit" not in told(app)


def test_every_renderer_tells_it(app: App) -> None:
    with_kit(app, "1.0.0-rc.5")
    assert NOTE.removeprefix("note: ") in app.check("--format", "json").out
