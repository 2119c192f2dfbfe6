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
