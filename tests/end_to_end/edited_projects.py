"""Random projects of several files, and random edits of them.

Every statement is one line, so that an edit is one of lines. The files share
helpers, constants and builders, and some change what others made.
"""

import json
import random
import re
from collections.abc import Callable

Lines = dict[str, list[str]]

_PG = (
    "import { pgTable, pgTableCreator, pgEnum, pgSchema, text, integer, timestamp,"
    " uuid, index } from 'drizzle-orm/pg-core';"
)
_SQL = "import { sql } from 'drizzle-orm';"
_WORDS = ("name", "email", "kind", "total", "ownerId", "note", "slug", "madeAt")
_HELPERS = [
    "export const LENGTH = 3;",
    "export const PREFIX = 'p_';",
    "export const money = (name: string) => integer(name).notNull();",
    "export function named(key: string) { return text(PREFIX + key); }",
    "export const stamps = { madeAt: timestamp('made_at'), by: text('by').unique() };",
    "export const shared = text().unique();",
    "export const kinds = ['a', 'b'] as const;",
    "export const kind = pgEnum('kind', kinds);",
    "export const make = pgTableCreator((name) => `${PREFIX}${name}`);",
    "export const app = pgSchema('app');",
    "export const id = () => uuid('id').primaryKey();",
    "export const withId = (columns: any) => ({ id: id(), ...columns });",
    "export const extra: any = { note: text('note') };",
    "export const list: string[] = ['x', 'y'];",
    "let counter = 0;",
    "export const next = () => `c${counter++}`;",
    "export const add = (to: any) => { to.added = text('added'); return 1; };",
]
_EFFECTS = [
    "Object.assign(extra, { more: integer('more') });",
    "extra.late = text('late');",
    "list.push('z');",
    "list.sort();",
    "add(extra);",
    "delete extra.note;",
    "export const done = add(extra);",
]


def project(seed: int) -> Lines:
    """Return the files of the project of `seed`, as lines."""
    return _Author(random.Random(seed)).project()  # noqa: S311 - only variety


def edited(files: Lines, seed: int) -> Lines:
    """Return the same files after one to three random edits."""
    dice = random.Random(seed)  # noqa: S311 - only variety
    found = {path: list(lines) for path, lines in files.items()}
    for _ in range(dice.randint(1, 3)):
        dice.choice(_EDITS)(found, dice)
    return found


def texts(files: Lines) -> dict[str, str]:
    """Return the files as text."""
    return {path: "\n".join(lines) + "\n" for path, lines in files.items()}


def spelled(found: dict[str, str], seed: int) -> dict[str, str]:
    """Return the files with some names in other letters, and other blanks around."""
    if seed % 3 != 0:
        return found
    names = {
        "extra": "größe",
        "stamps": "année\u00a0",
        "list": "lísta",
        "id": "ид",
    }
    word = re.compile(rf"(?<![\w'./])(?:{'|'.join(names)})(?![\w'])")
    return {
        path: word.sub(lambda match: names[match[0]], text)
        if path.startswith(("src", "other"))
        else text
        for path, text in found.items()
    }


class _Author:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.tables: list[tuple[str, str]] = []

    def project(self) -> Lines:
        dice = self.dice
        count = dice.randint(1, 4)
        changes = dice.random() < 0.35
        files: Lines = {
            "package.json": [
                json.dumps({"dependencies": {"drizzle-orm": "0.45.4", "lib": "1.0.0"}})
            ],
            "tsconfig.json": [
                json.dumps({"compilerOptions": {"paths": {"@/*": ["./src/*"]}}})
            ],
            "drizzle.config.ts": [
                "export default {",
                "  dialect: 'postgresql',",
                f"  schema: {dice.choice(_SCHEMAS)},",
                f"  casing: {dice.choice(_CASINGS)},",
                "};",
            ],
            "src/shared.ts": [_PG, *_HELPERS],
        }
        if changes:
            files["src/shared.ts"] += dice.sample(_EFFECTS, dice.randint(1, 2))
            files["src/patch.ts"] = [
                _taken(["extra", "list", "add"]),
                _PG,
                *_some(dice),
            ]
        for index in range(count):
            files[f"src/db/t{index}.ts"] = self._file(index, has_patch=changes)
        files["src/db/index.ts"] = [
            f"export * from './t{index}';" for index in range(count)
        ]
        return files

    def chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent

    def _file(self, index: int, *, has_patch: bool) -> list[str]:
        names = ["LENGTH", "money", "named", "stamps", "shared", "kind", "make", "app"]
        names += ["withId", "extra", "list", "next"]
        lines = [_PG, _SQL, _taken(self.dice.sample(names, len(names)))]
        if has_patch and self.chance(50):
            lines.append("import '@/patch';")
        if self.chance(20):
            lines.append("import { z } from 'lib';")
            lines.append(f"export const lib{index} = z.object({{ a: z.string() }});")
        before = list(self.tables)
        for file, variable in before[:2]:
            lines.append(f"import {{ {variable} }} from './{file}';")
        for at in range(self.dice.randint(1, 3)):
            variable = f"t{index}{'abc'[at]}"
            lines.append(self._table(variable, before))
            self.tables.append((f"t{index}", variable))
        if self.chance(20):
            lines.append(f"const more = {{ flag: text('flag{index}') }};")
            lines.append(f"export default pgTable('main{index}', {{ ...more }});")
        return lines

    def _table(self, variable: str, before: list[tuple[str, str]]) -> str:
        dice = self.dice
        columns = [self._column(key) for key in dice.sample(_WORDS, dice.randint(1, 3))]
        if before and self.chance(40):
            target = dice.choice(before[:2])[1]
            columns.append(f"ref: uuid('ref').references(() => {target}.id)")
        body = f"{{ id: uuid('id'), {', '.join(columns)} }}"
        wrapped = dice.choice(
            [body, body, f"withId({body})", "{ ...stamps, x: shared }"]
        )
        maker = dice.choice(["pgTable", "pgTable", "make", "app.table"])
        third = dice.choice(["", "", ", (t) => [index('i').on(t.id)]"])
        return f"export const {variable} = {maker}('{variable}', {wrapped}{third});"

    def _column(self, key: str) -> str:
        return self.dice.choice(
            [
                f"{key}: text('{key}')",
                f"{key}: text()",
                f"{key}: money('{key}')",
                f"{key}: named('{key}')",
                f"{key}: shared",
                f"{key}: kind('{key}')",
                f"{key}: text(list.join('_'))",
                f"{key}: text(next())",
                f"{key}: text('{key}', {{ length: LENGTH }}).default(sql`'x'`)",
                "...extra",
                "...stamps",
            ]
        )


_CASINGS = ("undefined", "'snake_case'")
_SCHEMAS = ("'./src/db/*.ts'", "'./src/db/index.ts'", "['./src/db/t0.ts', './src/db']")


def _taken(names: list[str]) -> str:
    return f"import {{ {', '.join(names)} }} from '@/shared';"


def _some(dice: random.Random) -> list[str]:
    return dice.sample(_EFFECTS[:5], dice.randint(1, 3))


def _code(files: Lines, dice: random.Random) -> list[str]:
    paths = [path for path in files if path.startswith("src/")]
    return files[dice.choice(paths)]


def _swap(files: Lines, dice: random.Random) -> None:
    lines = _code(files, dice)
    if len(lines) > 1:
        one, other = dice.sample(range(len(lines)), 2)
        lines[one], lines[other] = lines[other], lines[one]


def _delete(files: Lines, dice: random.Random) -> None:
    lines = _code(files, dice)
    candidates = [at for at, line in enumerate(lines) if "pgTable(" in line]
    if candidates and dice.randrange(10):
        del lines[dice.choice(candidates)]
    elif lines:
        del lines[dice.randrange(len(lines))]


def _word(files: Lines, dice: random.Random) -> None:
    """Replace one literal, name or number of a line by another one."""
    lines = _code(files, dice)
    at = dice.randrange(len(lines)) if lines else 0
    found = re.findall(
        r"'[^']*'|\b\d+\b|\b(?:text|integer|shared|extra)\b", _at(lines, at)
    )
    if found and " from " not in lines[at]:
        old = dice.choice(found)
        news = ["'other'", "'name'"] if old[0] == "'" else ["text", "integer", "shared"]
        new = "7" if old.isdigit() else dice.choice(news)
        lines[at] = lines[at].replace(old, new, 1)


def _at(lines: list[str], at: int) -> str:
    return lines[at] if lines else ""


def _repeat(files: Lines, dice: random.Random) -> None:
    lines = _code(files, dice)
    if lines:
        line = dice.choice(lines)
        lines.append(re.sub(r"\b(t\d[abc])\b", r"\1x", line, count=1))


def _effect(files: Lines, dice: random.Random) -> None:
    path = dice.choice(["src/shared.ts", "src/patch.ts"])
    if path in files:
        lines = files[path]
        lines.insert(dice.randint(2, max(2, len(lines))), dice.choice(_EFFECTS))


def _files(files: Lines, dice: random.Random) -> None:
    """Add a schema file, or take one away."""
    if dice.random() < 0.5 or "src/db/t3.ts" in files:
        files.pop(dice.choice(["src/db/t3.ts", "src/db/t1.ts", "src/patch.ts"]), None)
    else:
        files["src/db/t3.ts"] = [
            _PG,
            _taken(["shared", "extra"]),
            "export const t3z = pgTable('t3z', { x: shared, ...extra });",
        ]


def _setting(files: Lines, dice: random.Random) -> None:
    """Change the versions, the aliases, the casing or the schema of the config."""
    path, old, new = dice.choice(
        [
            ("package.json", '"lib": "1.0.0"', '"lib": "1.1.0"'),
            ("package.json", '"drizzle-orm": "0.45.4"', '"drizzle-orm": "0.45.2"'),
            ("tsconfig.json", "./src/*", "./other/*"),
            ("drizzle.config.ts", "undefined", "'snake_case'"),
            ("drizzle.config.ts", "./src/db/*.ts", "./src/db/t0.ts"),
            ("drizzle.config.ts", "'./src/db/t0.ts', './src/db'", "'./src/db'"),
        ]
    )
    files[path] = [line.replace(old, new) for line in files.get(path, [])]


def _copy_for_alias(files: Lines, dice: random.Random) -> None:
    """Let the alias lead to another copy of the shared file."""
    files["other/shared.ts"] = list(files.get("src/shared.ts", []))
    if dice.random() < 0.5:
        _word({"src/x.ts": files["other/shared.ts"]}, dice)
    files["tsconfig.json"] = [
        line.replace("./src/*", "./other/*") for line in files["tsconfig.json"]
    ]


_EDITS: list[Callable[[Lines, random.Random], None]] = [
    _swap,
    _swap,
    _delete,
    _word,
    _word,
    _word,
    _repeat,
    _effect,
    _files,
    _setting,
    _copy_for_alias,
]
