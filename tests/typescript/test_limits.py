"""Code that does not end, is nested too deeply, or is no code at all."""

import pytest

from schemadiff.typescript.limits import Limits
from schemadiff.typescript.values import Array, Unknown
from tests.typescript.projects import program, values

DEEP = 5_000


@pytest.mark.parametrize(
    "nested",
    [
        "(" * DEEP + "1" + ")" * DEEP,
        "[" * DEEP + "]" * DEEP,
        "{a:" * DEEP + "1" + "}" * DEEP,
        "f(" * DEEP + "1" + ")" * DEEP,
        "f" + "()" * DEEP,
        "f" + ".a" * DEEP,
        "1" + "+1" * DEEP,
        "!" * DEEP + "1",
        "x => " * DEEP + "1",
        "a ? 1 : " * DEEP + "2",
    ],
    ids=lambda text: text[:6],
)
def test_deep_nesting_is_unknown_and_nothing_else_is_lost(nested: str) -> None:
    source = f'import {{ f, a }} from "p";\nexport const x = {nested};\n'
    module = program({"a.ts": source + "export const y = 2;"}).module("a.ts")
    found = {each.name: each for each in module.exports()}
    found["x"].root()
    value = found["x"].evaluate()
    if isinstance(value, Unknown):
        value.fingerprint()
    assert found["y"].evaluate() == 2


def test_deep_blocks() -> None:
    source = "export function f() {" + "if (1) {" * DEEP + "}" * DEEP + "}"
    assert values(source + "\nexport const x = f();")["x"].startswith("unknown(")


def test_deep_broken_code_is_a_problem() -> None:
    module = program({"a.ts": "export const x = " + "[" * DEEP}).module("a.ts")
    assert [each.reason for each in module.problems] == ["has a syntax error"]


@pytest.mark.parametrize(
    "body",
    [
        "while (true) {}",
        "for (;;) {}",
        "let s = 'x'; while (true) s = s + s;",
        "let a = [1]; while (true) a = [...a, ...a];",
        "return f(n + 1) + f(n + 2);",
    ],
)
def test_what_does_not_end_is_unknown(body: str) -> None:
    source = f"function f(n: number): any {{ {body} }}\nexport const x = f(0);"
    limits = Limits(steps=20_000, passes=500, size=10_000)
    module = program({"a.ts": source}, limits=limits).module("a.ts")
    assert isinstance(module.exports()[0].evaluate(), Unknown)


def test_a_large_array_is_no_trouble() -> None:
    source = "export const x = [" + "1," * 20_000 + "];"
    value = program({"a.ts": source}).module("a.ts").exports()[0].evaluate()
    assert isinstance(value, Array)
    assert len(value.items) == 20_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"export const x = '\xff';", "is not UTF-8 text"),
        (b"\x00\x01", "is a binary file"),
        (
            b"""export const a = 1;
<<<<<<< HEAD
export const b = 1;
=======
export const b = 2;
>>>>>>> x
""",
            "holds the marks of a merge conflict",
        ),
    ],
)
def test_what_is_no_code_is_a_problem(data: bytes, reason: str) -> None:
    module = program({"a.ts": data}).module("a.ts")
    assert [each.reason for each in module.problems] == [reason]
    module.exports()
    module.statements()


def test_a_problem_names_what_it_hides() -> None:
    source = "export const a = f(\nexport const b = 2;\n"
    (problem,) = program({"a.ts": source}).module("a.ts").problems
    assert problem.exports == ("a", "b")


def test_types_with_errors_are_nobody_s_business() -> None:
    source = 'export type * from "./q";\nexport const a = 1;\n'
    module = program({"a.ts": source}).module("a.ts")
    assert module.problems == ()


def test_byte_order_mark_and_carriage_returns() -> None:
    source = b"\xef\xbb\xbfexport const a = `x\r\ny`;\r\nexport const b = nope;\r\n"
    module = program({"a.ts": source}).module("a.ts")
    a, b = (each.evaluate() for each in module.exports())
    assert a == "x\ny"
    assert isinstance(b, Unknown)
    assert str(b.span) == "a.ts:3:18"


def test_columns_count_characters() -> None:
    module = program({"a.ts": 'const é = "ü", x = nope; export { x };'}).module("a.ts")
    value = module.exports()[0].evaluate()
    assert isinstance(value, Unknown)
    assert value.span.column == 20


def test_a_missing_file_is_empty() -> None:
    module = program({}).module("nowhere.ts")
    assert (module.exports(), module.problems) == ((), ())


def test_the_order_of_modules_is_node_s() -> None:
    found = program(
        {
            "a.ts": 'import { c } from "./c"; import { b } from "./b"; c; b;',
            "b.ts": 'import "./d"; export const b = 1;',
            "c.ts": 'import { a } from "./a"; export const c = a;',
            "d.ts": "",
            "e.ts": "",
        }
    ).order(["e.ts", "a.ts"])
    assert sorted(found, key=found.__getitem__) == [
        "e.ts",
        "c.ts",
        "d.ts",
        "b.ts",
        "a.ts",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "let s: any = 'x'; for (let i = 0; i < 60; i++) s = `${s}${s}`; return s;",
        "let s: any = ['x']; for (let i = 0; i < 60; i++) s = [s, s]; return `${s}`;",
        (
            "let s: any = 1; for (let i = 0; i < 60; i++) s = [s, s];"
            " return JSON.stringify(s) + structuredClone(s);"
        ),
        (
            "let s = ['x'];"
            " for (let i = 0; i < 60; i++) s = [s.join(s.join('yy')), 'z'];"
            " return s[0].repeat(9);"
        ),
        "return 'x'.repeat(99_999).replace(/x/g, 'y'.repeat(99_999));",
        "return ('a'.repeat(40) + '!').replace(/^(a|aa)+$/, 'y');",
        "return 'a'.repeat(4000).replace(/a*a*a*a*b/, 'y');",
        "let s: any = 3n; for (let i = 0; i < 60; i++) s = s * s; return `${s}`;",
        f"return `${{{'9' * 6000}n}}${{parseInt('9'.repeat(6000))}}`;",
        "return Array.from({ length: 1e6 }, (_, i) => i).sort((a, b) => b - a);",
        "const m = new Map(); for (let i = 0; i < 1e6; i++) m.set(i, i); return m;",
        "return Math.max(...Array(9_000_000).keys());",
    ],
)
def test_what_grows_too_large_is_unknown_soon(body: str) -> None:
    source = f"function f(): any {{ {body} }}\nexport const x = f();"
    limits = Limits(steps=20_000, passes=500, size=10_000)
    module = program({"a.ts": source}, limits=limits).module("a.ts")
    assert isinstance(module.exports()[0].evaluate(), Unknown)
