"""Which line of drizzle-orm a project is read by: 0.x, or 1.0."""

from schemadiff.drizzle.line import Line
from schemadiff.project import Side
from schemadiff.settings import Settings
from schemadiff.typescript.syntax import Trees
from tests.memory_files import MemoryFiles

CONFIG = 'export default { dialect: "postgresql", schema: "./schema.ts" };'
OLD = 'import { pgTable, text } from "drizzle-orm/pg-core";'
NEW = 'import { snakeCase, text } from "drizzle-orm/pg-core";'


def line(schema: str, settings: Settings | None = None, **versions: str) -> Line:
    files = {"drizzle.config.ts": CONFIG, "schema.ts": schema}
    if versions:
        named = ", ".join(f'"drizzle-{k}": "{v}"' for k, v in versions.items())
        files["package.json"] = f'{{ "dependencies": {{ {named} }} }}'
    side = Side(MemoryFiles(files), Trees(), settings or Settings())
    return side.projects["drizzle.config.ts"].line


def test_the_version_of_drizzle_orm_decides() -> None:
    assert line(NEW, orm="0.45.4", kit="1.0.0-rc.5") is Line.ZERO
    assert line(OLD, Settings(kit="0.31.4"), orm="1.0.0-rc.5") is Line.ONE


def test_without_it_the_version_of_drizzle_kit_does() -> None:
    assert line(OLD, kit="1.0.0-rc.5") is Line.ONE
    assert line(OLD, Settings(kit="1.0.0-rc.5")) is Line.ONE
    assert line(OLD, Settings(kit="1.0.0-rc.5"), kit="0.31.4") is Line.ONE


def test_without_any_version_what_only_1_0_has_does() -> None:
    assert line(NEW) is Line.ONE
    assert line(OLD) is Line.ZERO
    assert line('export * from "./tables";') is Line.ZERO


def test_the_package_around_the_schema_says_it_where_the_configs_does_not() -> None:
    files = {
        "drizzle.config.ts": CONFIG.replace("./schema.ts", "./packages/db/schema.ts"),
        "packages/db/schema.ts": OLD,
        "packages/db/package.json": '{"dependencies": {"drizzle-orm": "1.0.0-rc.5"}}',
    }
    side = Side(MemoryFiles(files), Trees(), Settings())
    assert side.projects["drizzle.config.ts"].line is Line.ONE
