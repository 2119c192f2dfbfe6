"""Which exports are the same at two revisions, by text alone."""

import pytest

from schemadiff.typescript import unchanged
from schemadiff.typescript.unchanged import settled_exports, unchanged_exports
from tests.typescript.projects import program

BASE = {
    "a.ts": """import { pgTable, text } from "pg";
import { stamps, role } from "./shared";
const shared = { email: text().unique() };
export const users = pgTable("users", { id: text("id"), ...stamps });
export const posts = pgTable("posts", { by: text().references(() => users.id) });
export const alone = pgTable("alone", { x: text("x") });
export const c = pgTable("c", { ...shared });
export const d = pgTable("d", { ...shared });
export const r = role("r");
""",
    "shared.ts": """import { text, pgEnum } from "pg";
export const stamps = { at: text("at") };
export const role = pgEnum("role", ["a"]);
""",
}
ALL = {"users", "posts", "alone", "c", "d", "r"}


def same(head: dict[str, str], *, packages: bool = True) -> set[str]:
    before = program(BASE).module("a.ts")
    after = program({**BASE, **head}).module("a.ts")
    return set(unchanged_exports(before, after, lambda _: packages))


def edited(old: str, new: str, path: str = "a.ts") -> dict[str, str]:
    assert old in BASE[path]
    return {path: BASE[path].replace(old, new)}


def test_the_same_files_are_the_same() -> None:
    assert same({}) == ALL


def test_another_version_of_a_package_changes_all_that_uses_it() -> None:
    assert same({}, packages=False) == set()


@pytest.mark.parametrize(
    ("old", "new", "path", "changed"),
    [
        ('text("x")', 'text("y")', "a.ts", {"alone"}),
        ('text("id")', 'text("key")', "a.ts", {"users", "posts"}),
        ('text("at")', 'text("on")', "shared.ts", {"users", "posts"}),
        ('["a"]', '["b"]', "shared.ts", {"r"}),
        ("{ ...shared });\nexport const d", "{ x: shared.email });\nexport const d",
         "a.ts", {"c", "d"}),
        ('pgTable("c", { ...shared })', 'pgTable("c2", { ...shared })', "a.ts",
         {"c", "d"}),
        ('export const c = pgTable("c", { ...shared });\n', "", "a.ts", {"c", "d"}),
        ("text().unique()", "text()", "a.ts", {"c", "d"}),
        ("export const alone", "/* moved */ export const alone", "a.ts", set()),
        ('"pg";\nimport { stamps', '"pg2";\nimport { stamps', "a.ts", ALL - {"r"}),
    ],
)  # fmt: skip
def test_what_a_change_reaches(
    old: str, new: str, path: str, changed: set[str]
) -> None:
    assert same(edited(old, new, path)) == ALL - changed


def test_a_file_that_changes_values_is_compared_as_a_whole() -> None:
    head = edited("export const r =", "users.x = 1;\nexport const r =")
    assert same(head) == set()


def test_a_new_statement_of_a_symbolic_value_changes_it() -> None:
    head = edited("export const r =", "alone.enableRLS();\nexport const r =")
    assert same(head) == ALL - {"alone"}


def test_a_shared_value_is_shared_across_files() -> None:
    base = {
        "a.ts": 'import { s } from "./s"; import { t } from "pg";\n'
        'import "./b";\nexport const a = t("a", { ...s });',
        "b.ts": 'import { s } from "./s"; import { t } from "pg";\n'
        'export const b = t("b", { first: s.email });',
        "s.ts": 'import { text } from "pg"; export const s = { email: text() };',
    }
    head = {**base, "b.ts": base["b.ts"].replace("first", "second")}
    before, after = program(base).module("a.ts"), program(head).module("a.ts")
    assert unchanged_exports(before, after, lambda _: True) == frozenset()
    assert unchanged_exports(before, before, lambda _: True) == {"a"}


@pytest.mark.parametrize("few", [0, 20])
@pytest.mark.parametrize("name", ["größe", "größe\u00a0", "变", "$x"])
def test_a_name_may_have_any_letters(
    name: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_FEW", few)
    base = {
        "a.ts": f'import {{ text, t }} from "pg";\nconst {name} = text("x");\n'
        f'export const a = t("a", {{ x: {name} }});\n'
        f'export const b = t("b", {{ y: text("y") }});\n'
        f"{name}.touch();\n"
    }
    for old, new in (('text("x")', 'text("z")'), ("touch", "tap")):
        head = {"a.ts": base["a.ts"].replace(old, new)}
        before, after = program(base).module("a.ts"), program(head).module("a.ts")
        assert unchanged_exports(before, after, lambda _: True) == {"b"}
        assert unchanged_exports(before, before, lambda _: True) == {"a", "b"}


def test_a_name_is_asked_for_later_by_its_letters() -> None:
    base = {
        "a.ts": 'import { text, t } from "pg";\n'
        'export const a = t("a", { größe: text("x") });\n'
        'export const b = t("b", { y: text().references(() => a.größe) });\n'
    }
    head = {"a.ts": base["a.ts"].replace('"x"', '"z"')}
    files = [{"a.ts": program(each).module("a.ts")} for each in (base, head)]
    settled = settled_exports(files[0], files[1], lambda _: True)
    assert settled.names["a.ts"] <= {"b"}
    assert not settled.names["a.ts"] or "größe" in settled.later


def test_stars_are_followed() -> None:
    base = {
        "index.ts": 'export * from "./a"; export * from "./b";',
        "a.ts": "export const a = 1;",
        "b.ts": "export const b = 1, a = 2;",
    }
    head = {**base, "b.ts": "export const b = 2, a = 2;"}
    before, after = program(base).module("index.ts"), program(head).module("index.ts")
    assert unchanged_exports(before, after, lambda _: True) == {"a"}
