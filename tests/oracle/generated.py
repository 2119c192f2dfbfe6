"""Random projects: schemas as TypeScript, in the styles that people write.

Only the text matters here; what it means is asked of the real drizzle-kit.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from schemadiff.drizzle.line import Line
from tests.oracle.projects import Project


@dataclass(slots=True)
class Made:
    """A table that later ones may refer to: its variable and its keys.

    `words` are the keys of plain columns of text.
    """

    variable: str
    keys: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


_WORDS = (
    "id user name email createdAt updatedAt orgId HTTPServer address2Line status kind",
    "total price note title body slug URLPath is_active parentId count value data a1B",
    "settings ownerID x y _hidden level2",
)
_KEYS = [word for line in _WORDS for word in line.split()]
_TABLES = (
    "users",
    "posts",
    "orgs",
    "Order",
    "line_items",
    "llmConfigs",
    "audit_log",
    "tags",
    "accounts",
    "sessions",
    "files",
    "events",
    "team_members",
    "billing",
)


def project(seed: int, line: Line) -> Project:
    """Return the project of `seed`, valid for the drizzle-kit of `line`."""
    return _Author(random.Random(seed), line).project()  # noqa: S311 - only variety


class _Author:
    """Writes one project."""

    def __init__(self, dice: random.Random, line: Line) -> None:
        self.dice = dice
        self.line = line
        self.casing = None
        if line is Line.ZERO:
            self.casing = dice.choice([None, None, "snake_case", "camelCase"])
        self.made: list[Made] = []
        self.enums: list[tuple[str, list[str]]] = []
        self.helpers: list[str] = []
        self.used: set[str] = set()

    def chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent

    def project(self) -> Project:
        names = self.dice.sample(_TABLES, self.dice.randint(1, 5))
        shared = self._enums() + self._shared()
        tables = [self._table(name) for name in names]
        tables[-1] += "".join(self._view(at) for at in range(self.dice.randint(0, 2)))
        style = self.dice.choice(["one", "one", "many", "barrel"])
        head = _IMPORTS
        if style == "one":
            text = "\n".join([head, *shared, *tables])
            return Project({"schema.ts": text}, ("schema.ts",), self.casing)
        exported = [_exported(each) for each in shared]
        files = {"shared.ts": "\n".join([head, *exported])}
        for index, table in enumerate(tables):
            known = "\n".join(
                f"import {{ {made.variable} }} from './t{other}';"
                for other, made in enumerate(self.made)
                if other != index
            )
            imports = f"{head}\nimport * as shared from './shared';\n{known}\n"
            names_ = ", ".join(self._shared_names())
            take = f"const {{ {names_} }} = shared;\n" if names_ else ""
            files[f"t{index}.ts"] = imports + take + table
        entries = tuple(f"t{index}.ts" for index in range(len(tables)))
        if style == "barrel":
            files["index.ts"] = "\n".join(
                ["export * from './shared';"]
                + [f"export * from './t{index}';" for index in range(len(tables))]
            )
            entries = ("index.ts",)
        return Project(files, entries, self.casing)

    def _shared_names(self) -> list[str]:
        names = [name for name, _ in self.enums]
        return [*names, "stamps", "withId", "money", "bytes", "app", "creator"]

    def _enums(self) -> list[str]:
        lines = []
        for index in range(self.dice.randint(0, 2)):
            labels = self.dice.sample(["on", "off", "it's", "a b", "Z", "draft"], 3)
            name = f"enum{index}"
            self.enums.append((name, labels))
            listed = ", ".join(map(_string, labels))
            form = self.dice.choice(["plain", "const", "schema", "object"])
            if form == "const":
                lines.append(f"const {name}Values = [{listed}] as const;")
                lines.append(f"export const {name} = pgEnum('{name}', {name}Values);")
            elif form == "schema":
                lines.append(f"const {name}Schema = pgSchema('s{index}');")
                lines.append(
                    f"export const {name} = {name}Schema.enum('{name}', [{listed}]);"
                )
            elif form == "object":
                pairs = ", ".join(
                    f"k{at}: {_string(label)}" for at, label in enumerate(labels)
                )
                lines.append(
                    f"export const {name} = pgEnum('{name}', {{ {pairs} }} as const);"
                )
            else:
                lines.append(f"export const {name} = pgEnum('{name}', [{listed}]);")
        return lines

    def _shared(self) -> list[str]:
        prefix = self.dice.choice(["app_", "", "p-"])
        explicit = self.dice.choice(["", "'created_on', ", "'Made At', "])
        unique = ".unique()" if self.chance(30) else ""
        return [
            f"export const app = pgSchema('{self.dice.choice(['app', 'My App'])}');",
            f"const creator = pgTableCreator((name) => `{prefix}${{name}}`);",
            "const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });",
            _MONEY,
            self._stamps(explicit, unique),
            _WITH_ID,
        ]

    def _stamps(self, explicit: str, unique: str) -> str:
        moment = f"timestamp({explicit}{{ withTimezone: true }}).defaultNow()"
        return f"const stamps = {{ madeAt: {moment}, changedBy: text(){unique} }};"

    def _table(self, name: str) -> str:
        variable = name[0].lower() + name[1:].replace("_", "")
        made = Made(variable)
        keys = self.dice.sample(_KEYS, self.dice.randint(1, 7))
        callback = self.chance(25)
        taken: set[str] = set()
        columns = []
        for key in keys:
            column = self._column(key, made, taken, callback=callback)
            if column is not None:
                columns.append(column)
        body = self._body(columns, callback=callback)
        maker = self.dice.choice(["pgTable", "pgTable", "creator", "app.table"])
        extra = self._extra(made)
        secured = ".enableRLS()" if self.chance(10) else ""
        text = f"{maker}({_string(name)}, {body}{extra}){secured}"
        self.made.append(made)
        return f"export const {variable} = {text};"

    def _body(self, columns: Sequence[str], *, callback: bool) -> str:
        inside = ",\n  ".join(columns)
        if callback:
            return f"(t) => ({{\n  {inside}\n}})"
        shape = self.dice.randrange(6)
        if shape == 0:
            return f"{{\n  {inside},\n  ...stamps,\n}}"
        if shape == 1 and not any(each.startswith("id:") for each in columns):
            return f"withId({{\n  {inside}\n}})"
        return f"{{\n  {inside}\n}}"

    def _column(
        self, key: str, made: Made, taken: set[str], *, callback: bool
    ) -> str | None:
        name = ""
        if self.chance(50):
            name = self.dice.choice([key, key.lower(), f"c_{key}", "Odd Name"])
            if name in taken:
                return None
            taken.add(name)
        made.keys.append(key)
        text = self._builder(name)
        if callback and not text.startswith(("enum", "bytes", "money", "decimal")):
            text = "t." + text
        if text.removeprefix("t.").startswith(("text(", "varchar(", "uuid(")):
            made.words += [key] if ".array(" not in text else []
        return f"{key}: {text}"

    def _builder(self, name: str) -> str:
        kind = self.dice.randrange(14)
        given = f"{_string(name)}" if name else ""
        if kind == 3:
            return self._number(given)
        makers = {
            0: self._enum,
            1: lambda given: f"bytes({given}){self._modifiers('')}",
            2: self._money,
            4: self._moment,
            5: self._json,
            6: self._array,
        }
        return makers.get(kind, self._plain)(given)

    def _enum(self, given: str) -> str:
        if not self.enums:
            return self._plain(given)
        enum, labels = self.dice.choice(self.enums)
        default = self._maybe_default(_string(self.dice.choice(labels)))
        return f"{enum}({given}){self._modifiers(default)}"

    def _money(self, given: str) -> str:
        default = self._maybe_default("'1.5'")
        return f"money({given}){self._modifiers(default)}"

    def _number(self, given: str) -> str:
        maker, mode = self.dice.choice(
            [
                ("integer", ""),
                ("smallint", ""),
                ("bigint", "{ mode: 'number' }"),
                ("bigint", "{ mode: 'bigint' }"),
            ]
        )
        head = f"{maker}({_arguments(given, mode)})"
        shape = self.dice.randrange(5)
        if shape == 0:
            options = self.dice.choice(
                [
                    "",
                    "{ startWith: 100 }",
                    "{ increment: -2 }",
                    "{ name: 'q', cycle: true }",
                ]
            )
            always = self.dice.choice(["Always", "ByDefault"])
            return f"{head}.generated{always}AsIdentity({options})"
        if shape == 1 and self.made:
            return f"{head}{self._reference()}{self._modifiers('')}"
        value = str(self.dice.choice([0, 1, -5, 1_000_000, 2**31 - 1]))
        if "'bigint'" in mode:
            return f"{head}{self._modifiers('')}"
        return f"{head}{self._modifiers(self._maybe_default(value))}"

    def _reference(self) -> str:
        target = self.dice.choice(self.made)
        if not target.keys:
            return ""
        actions = self.dice.choice(
            [
                "",
                ", { onDelete: 'cascade' }",
                ", { onDelete: 'set null', onUpdate: 'restrict' }",
            ]
        )
        key = self.dice.choice(target.keys)
        body = self.dice.choice(
            [
                f"() => {target.variable}.{key}",
                f"(): AnyPgColumn => {target.variable}.{key}",
                f"() => {{ return {target.variable}.{key}; }}",
                f"function () {{ return {target.variable}['{key}']; }}",
            ]
        )
        return f".references({body}{actions})"

    def _moment(self, given: str) -> str:
        maker = self.dice.choice(["timestamp", "timestamp", "time", "date", "interval"])
        options = []
        if maker in ("timestamp", "time"):
            options += ["withTimezone: true"] if self.chance(50) else []
            options += (
                [f"precision: {self.dice.choice([0, 3, 6])}"] if self.chance(40) else []
            )
        if maker in ("timestamp", "date") and self.chance(40):
            options.append(f"mode: '{self.dice.choice(['date', 'string'])}'")
        if maker == "interval" and self.chance(50):
            options.append("fields: 'day to second'")
        written = f"{{ {', '.join(options)} }}" if options else ""
        defaults = {
            "timestamp": [
                "defaultNow()",
                "default(sql`now()`)",
                "default(new Date('2020-01-02T03:04:05.678Z'))",
            ],
            "date": ["defaultNow()", "default('2020-01-02')"],
            "time": ["defaultNow()", "default('10:20:30')"],
            "interval": ["default('1 day')"],
        }[maker]
        default = f".{self.dice.choice(defaults)}" if self.chance(50) else ""
        if "mode: 'string'" in written:
            default = default.replace(
                "new Date('2020-01-02T03:04:05.678Z')", "'2020-01-02 03:04:05'"
            )
        return f"{maker}({_arguments(given, written)}){self._modifiers(default)}"

    def _json(self, given: str) -> str:
        value = self.dice.choice(
            [
                "{}",
                "[]",
                "{ a: 1, b: [true, null, 'x'] }",
                "[{ k: 'it' }, 2.5]",
                '{ \'q\': "say \\"hi\\"" }',
            ]
        )
        maker = self.dice.choice(["json", "jsonb"])
        return f"{maker}({given}){self._modifiers(self._maybe_default(value))}"

    def _array(self, given: str) -> str:
        maker, values = self.dice.choice(
            [
                ("text", ["[]", "['a', 'b c']", "['x,y']"]),
                ("integer", ["[]", "[1, -2, 3]"]),
                ("boolean", ["[true, false]"]),
                ("uuid", ["[]"]),
                ("varchar", ["['one']"]),
            ]
        )
        options = "{ length: 20 }" if maker == "varchar" else ""
        default = self._maybe_default(self.dice.choice(values))
        before = self.dice.choice(["", "", ".notNull()", ".unique()"])
        size = "3" if self.line is Line.ZERO and self.chance(20) else ""
        if self.line is Line.ZERO and self.chance(15):
            before, size, default = ".array()", "", ""
        head = f"{maker}({_arguments(given, options)})"
        return f"{head}{before}.array({size}){self._modifiers(default)}"

    def _plain(self, given: str) -> str:
        maker, options, values = self.dice.choice(_PLAIN)
        default = self._maybe_default(self.dice.choice(values)) if values else ""
        if maker == "uuid" and self.chance(40):
            default = ".defaultRandom()"
        if maker == "text" and self.chance(20):
            default = self.dice.choice(_SQL_DEFAULTS)
        return f"{maker}({_arguments(given, options)}){self._modifiers(default)}"

    def _maybe_default(self, value: str) -> str:
        return f".default({value})" if self.chance(45) else ""

    def _modifiers(self, default: str) -> str:
        parts = [default] if default else []
        parts += [".notNull()"] if self.chance(40) else []
        parts += [".unique()"] if self.chance(8) else []
        parts += (
            [f".unique('u_{self._fresh()}', {{ nulls: 'not distinct' }})"]
            if self.chance(4)
            else []
        )
        parts += [".$type<any>()"] if self.chance(8) else []
        parts += [".$defaultFn(() => null as any)"] if self.chance(5) else []
        parts += [".$onUpdate(() => null as any)"] if self.chance(4) else []
        self.dice.shuffle(parts)
        return "".join(parts)

    def _fresh(self) -> int:
        self.used.add(str(len(self.used)))
        return len(self.used)

    def _extra(self, made: Made) -> str:
        if not made.keys or self.chance(45):
            return ""
        makers: list[Callable[[Made], str]] = [
            self._index,
            self._index,
            self._unique,
            self._check,
            self._primary,
            self._foreign,
            self._policy,
        ]
        parts = [self.dice.choice(makers)(made) for _ in range(self.dice.randint(1, 3))]
        parts = [part for part in parts if part]
        listed = ",\n  ".join(parts)
        form = self.dice.randrange(4)
        if form == 0:
            pairs = ",\n  ".join(f"p{at}: {part}" for at, part in enumerate(parts))
            return f", (table) => ({{\n  {pairs}\n}})"
        if form == 1:
            return f", (table) => {{ return [\n  {listed}\n]; }}"
        if form == 2 and all(key.isidentifier() for key in made.keys):
            destructured = ", ".join(made.keys)
            return f", ({{ {destructured} }}) => [\n  {listed.replace('table.', '')}\n]"
        return f", (table) => [\n  {listed}\n]"

    def _view(self, at: int) -> str:
        tables = [made for made in self.made if made.words]
        if not tables:
            return ""
        maker = self.dice.choice(["pgView", "app.view", "pgMaterializedView"])
        settings = ""
        if maker == "pgMaterializedView" and self.chance(50):
            settings = ".with({ fillfactor: 90 }).withNoData()"
        query = self._query(self.dice.choice(tables), self.dice.choice(tables))
        view = f"{maker}('v{at}'){settings}.as((qb) => {query})"
        return f"\nexport const view{at} = {view};"

    def _query(self, first: Made, second: Made) -> str:
        one, two = first.variable, second.variable
        key = self.dice.choice(first.words)
        condition = self.dice.choice(
            [
                f"eq({one}.{key}, 3 as any)",
                f"or(isNull({one}.{key}), not(inArray({one}.{key}, ['a', 'b'])))",
                f"sql`${{{one}.{key}}} > ${{true}}`",
            ]
        )
        fields = self.dice.choice(
            ["", f"{{ a: {one}.{key}, n: sql`upper(${{{one}.{key}}})`.as('n') }}"]
        )
        shape = self.dice.randrange(6)
        start = self.dice.choice(["select", "selectDistinct"])
        if shape == 0 and one != two:
            other = self.dice.choice(second.words)
            join = self.dice.choice(["leftJoin", "innerJoin", "fullJoin"])
            on = f"eq({one}.{key}, {two}.{other})"
            joined = f"{join}({two}, {on})"
            return (
                f"qb.{start}({fields}).from({one}).{joined}.where({condition}) as any"
            )
        if shape == 1:
            inner = f"qb.select({{ a: {one}.{key} }}).from({one}).as('sub')"
            body = f"const sub = {inner}; return qb.select({{ z: sub.a }}).from(sub);"
            return f"{{ {body} }}"
        if shape == 2:
            inner = f"qb.$with('cte').as(qb.select().from({one}).where({condition}))"
            body = f"const c = {inner}; return qb.with(c).select().from(c).limit(5);"
            return f"{{ {body} }}"
        if shape == 3:
            fields = f"{{ a: {one}.{key}, n: count({one}.{key}).as('n') }}"
            rest = f"groupBy({one}.{key}).having(sql`count(*) > 1`)"
            return f"qb.select({fields}).from({one}).{rest}.orderBy(desc({one}.{key}))"
        if shape == 4:
            right = f"qb.select({{ a: {one}.{key} }}).from({one})"
            return f"qb.select({{ a: {one}.{key} }}).from({one}).unionAll({right})"
        return (
            f"qb.{start}({fields}).from({one}).where({condition}).limit(10).offset(3)"
        )

    def _keys(self, made: Made, most: int = 2) -> str:
        count = self.dice.randint(1, min(most, len(made.keys)))
        return ", ".join(f"table.{key}" for key in self.dice.sample(made.keys, count))

    def _index(self, made: Made) -> str:
        unique = self.dice.choice(["index", "uniqueIndex"])
        name = f"ix_{made.variable}_{self._fresh()}"
        key = self.dice.choice(made.keys)
        shape = self.dice.randrange(5)
        if shape == 0:
            return f"{unique}('{name}').on(sql`lower(${{table.{key}}})`)"
        if shape == 1:
            return (
                f"{unique}('{name}').on(table.{key}.desc().nullsFirst(), table.{key})"
            )
        if shape == 2:
            where = self.dice.choice(
                [
                    f"sql`${{table.{key}}} is not null`",
                    f"isNotNull(table.{key})",
                    f"eq(table.{key}, 3 as any)",
                ]
            )
            return f"{unique}('{name}').on(table.{key}).where({where})"
        if shape == 3:
            part = f"table.{key}.op('gin_trgm_ops')"
            options = "{ fastupdate: false }"
            return (
                f"index('{name}').using('gin', {part}).with({options}).concurrently()"
            )
        return f"{unique}('{name}').on({self._keys(made, 3)})"

    def _unique(self, made: Made) -> str:
        nulls = ".nullsNotDistinct()" if self.chance(30) else ""
        return f"unique('uq_{self._fresh()}').on({self._keys(made, 3)}){nulls}"

    def _check(self, made: Made) -> str:
        key = self.dice.choice(made.keys)
        text = self.dice.choice(
            [
                f"sql`${{table.{key}}} is not null`",
                f"sql`${{table.{key}}} > ${{5}} and ${{table.{key}}} <> ${{'x'}}`",
                f"gt(table.{key}, 1 as any)",
                f"or(isNull(table.{key}), eq(table.{key}, 'a' as any))!",
                f"inArray(table.{key}, [1, 2] as any)",
                "sql`length(${sql.identifier('x')}) = ${sql.raw('3')}`",
                f"not(between(table.{key}, 1 as any, 2 as any))",
            ]
        )
        return f"check('ck_{self._fresh()}', {text})"

    def _primary(self, made: Made) -> str:
        name = self.dice.choice(["", f", name: 'pk_{made.keys[0]}_{self._fresh()}'"])
        return f"primaryKey({{ columns: [{self._keys(made)}]{name} }})"

    def _foreign(self, made: Made) -> str:
        if not self.made:
            return ""
        target = self.dice.choice(self.made)
        if not target.keys:
            return ""
        own, other = self.dice.choice(made.keys), self.dice.choice(target.keys)
        name = self.dice.choice(["", f", name: 'fk_{own}_{self._fresh()}'"])
        actions = self.dice.choice(
            ["", ".onDelete('cascade')", ".onUpdate('set null')"]
        )
        return (
            f"foreignKey({{ columns: [table.{own}], "
            f"foreignColumns: [{target.variable}.{other}]{name} }}){actions}"
        )

    def _policy(self, made: Made) -> str:
        options = self.dice.choice(
            [
                "",
                ", { for: 'select', to: 'public', using: sql`true` }",
                ", { as: 'restrictive', to: ['b', 'a', pgRole('r')] }",
                f", {{ using: sql`${{table.{made.keys[0]}}} = ${{1}}` }}",
            ]
        )
        return f"pgPolicy('po_{self._fresh()}'{options})"


_MONEY = (
    "const money = (n?: string) => n ? numeric(n, { precision: 12, scale: 2 })"
    " : numeric({ precision: 12, scale: 2 });"
)
_WITH_ID = (
    "const withId = <T extends Record<string, any>>(columns: T) =>"
    " ({ id: serial().primaryKey(), ...columns });"
)
_SQL_DEFAULTS = (
    ".default(sql`'x'`)",
    ".default(sql`gen_random_uuid()::text`)",
    ".default(sql.raw('upper(current_user)'))",
)

_PLAIN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("text", "", ("'x'", '"it\'s"', "''", "`tpl`")),
    ("text", "{ enum: ['a', 'b'] }", ("'a'",)),
    ("varchar", "{ length: 255 }", ("'abc'",)),
    ("varchar", "", ("'v'",)),
    ("char", "{ length: 2 }", ("'ab'",)),
    ("boolean", "", ("true", "false")),
    ("real", "", ("1.5", "-0.25")),
    ("doublePrecision", "", ("1e21", "3")),
    ("numeric", "{ precision: 10 }", ("'1'",)),
    ("decimal", "", ("'2.5'",)),
    ("uuid", "", ()),
    ("inet", "", ("'127.0.0.1'",)),
    ("cidr", "", ()),
    ("macaddr", "", ()),
    ("vector", "{ dimensions: 3 }", ()),
    ("bit", "{ dimensions: 3 }", ()),
    ("geometry", "{ type: 'point', mode: 'xy', srid: 4326 }", ()),
    ("point", "", ()),
    ("bigserial", "{ mode: 'bigint' }", ()),
    ("bigserial", "{ mode: 'number' }", ()),
    ("smallserial", "", ()),
)

_NAMES = (
    "pgTable, pgTableCreator, pgSchema, pgEnum, pgRole, pgPolicy, customType, index,"
    " pgView, pgMaterializedView,"
    " uniqueIndex, unique, check, primaryKey, foreignKey, type AnyPgColumn, text,"
    " varchar, char, boolean, real, doublePrecision, numeric, decimal, uuid, inet,"
    " cidr, macaddr, vector, bit, geometry, point, bigserial, smallserial, serial,"
    " integer, smallint, bigint, timestamp, time, date, interval, json, jsonb"
)
_OPERATORS = "sql, eq, gt, or, not, isNull, isNotNull, inArray, between, desc, count"
_IMPORTS = (
    f"import {{ {_NAMES} }} from 'drizzle-orm/pg-core';\n"
    f"import {{ {_OPERATORS} }} from 'drizzle-orm';"
)


def _arguments(given: str, options: str) -> str:
    return ", ".join(part for part in (given, options) if part)


def _string(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _exported(line: str) -> str:
    return line if line.startswith("export ") else f"export {line}"
