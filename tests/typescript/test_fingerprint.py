"""When something unknown is the same at two revisions."""

from collections.abc import Mapping

import pytest

from schemadiff.typescript.values import Fingerprint, Unknown
from tests.typescript.projects import program

BASE = {
    "a.ts": """
import { lib } from "lib";
import { helper, P } from "./h";
const prefix = process.env.PREFIX;
const pick = (flag: any, n: number) => (flag ? n : n + 1);
export const other = 1;
export const plain = prefix ? "one" : "two";
export const called = pick(process.env.FLAG, 3);
export const imported = helper(process.env.X) + P;
export const joined = `${lib.name}_${other}`;
let changed = process.env.C;
""",
    "h.ts": "export const P = 'p';\nexport const helper = (x: any) => x + P;\n",
}


def prints(files: Mapping[str, str]) -> dict[str, Fingerprint]:
    found = {}
    for each in program(files).module("a.ts").exports():
        value = each.evaluate()
        if isinstance(value, Unknown):
            found[each.name] = value.fingerprint()
    return found


def changed(old: str, new: str, path: str = "a.ts") -> set[str]:
    assert old in BASE[path]
    head = {**BASE, path: BASE[path].replace(old, new)}
    before, after = prints(BASE), prints(head)
    return {name for name in before if before[name] != after.get(name)}


def test_a_revision_equals_itself() -> None:
    assert prints(BASE) == prints(BASE)
    assert set(prints(BASE)) == {"plain", "called", "imported", "joined"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"two"', '"three"', {"plain"}),
        ("process.env.PREFIX", "process.env.OTHER", {"plain"}),
        ("n + 1", "n + 2", {"called"}),
        (", 3)", ", 4)", {"called"}),
        ("process.env.FLAG", "process.env.FLAGS", {"called"}),
        ("other = 1", "other = 2", {"joined"}),
        ('"one" : "two"', '"one" /* same */\n  : "two"', set()),
        ("let changed", "let unchanged", set()),
    ],
)
def test_it_covers_what_decides_the_value(
    old: str, new: str, expected: set[str]
) -> None:
    assert changed(old, new) == expected


def test_imported_files_count_as_a_whole() -> None:
    assert changed("'p'", "'q'", "h.ts") == {"imported"}


def test_packages_are_named() -> None:
    assert prints(BASE)["joined"].packages == frozenset({"lib"})
    assert prints(BASE)["plain"].packages == frozenset()


def test_what_is_missing_equals_nothing() -> None:
    files = {"a.ts": 'import { x } from "./gone"; export const a = [x][0] + 1;'}
    assert prints(files)["a"] != prints(files)["a"]


def test_branches_and_early_returns_count() -> None:
    def of(last: str) -> Fingerprint:
        source = f"""function f(n: number) {{
          if (process.env.X) return 1;
          return {last};
        }}
        export const a = f(1);"""
        return prints({"a.ts": source})["a"]

    assert of("n") == of("n")
    assert of("n") != of("n + 1")
