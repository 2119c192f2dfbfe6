"""Columns as nobody would write them: every builder, option, value and modifier."""

import random
import re

from schemadiff.drizzle.line import Line

_TEXTS = (
    "'x'",
    "''",
    '"it\'s"',
    "'a\"b'",
    "'back\\\\slash'",
    "'two\\nlines'",
    "`tpl ${1 + 1}`",
    "'{}'",
    "'é ☃ 😀'",
    "'now()'",
    "'true'",
    "' '",
    "'null'",
    "'a, b'",
    "'$1'",
    "'{1,2}'",
)
_NUMBERS = (
    "0",
    "-0",
    "1",
    "-1",
    "1.5",
    "-0.25",
    "1e21",
    "1e-7",
    "123456789012345680000",
    "0.1 + 0.2",
    "1_000",
    "0x10",
    "2 ** 53",
    "5 / 2",
    "NaN",
    "Infinity",
    "-Infinity",
    "Number.MAX_SAFE_INTEGER",
    "'5'",
    "'1.50'",
    "+'7'",
)
_BIGS = ("10n", "-5n", "BigInt(12)", "0n", "9223372036854775807n", "'10'", "7")
_BOOLEANS = ("true", "false", "!0", "'true'")
_JSONS = (
    "{}",
    "[]",
    "{ a: 1, b: [true, null, 'x'] }",
    "[{ k: 'it' }, 2.5]",
    '{ \'q\': "say \\"hi\\"" }',
    '{ a: "it\'s" }',
    "{ a: undefined, b: 1 }",
    "[undefined, 1, () => 1]",
    "null",
    "'text'",
    "''",
    "5",
    "true",
    "new Date('2020-01-02T03:04:05.678Z')",
    "{ d: new Date(0) }",
    "{ 2: 'b', 1: 'a', z: 0 }",
    "{ n: NaN, i: Infinity }",
    "{ deep: { a: { b: { c: [[[]]] } } } }",
    "'\\\\'",
    "{ e: 'é😀\\u2028' }",
    "[1e21, -0, 0.1]",
    "{ toJSON() { return 'own'; } }",
    "sql`'{}'::jsonb`",
    "Object.freeze({ a: 1 })",
)
_MOMENTS = (
    "new Date('2020-01-02T03:04:05.678Z')",
    "new Date('2020-01-02')",
    "new Date(0)",
    "new Date(Date.UTC(2020, 1, 29))",
    "new Date('1969-12-31T23:59:59.999Z')",
    "'2020-01-02 03:04:05'",
    "'now()'",
    "'2020-01-02T03:04:05Z'",
    "'2020-01-02T03:04:05.123456+02:00'",
    "''",
    "'infinity'",
    "sql`now()`",
    "sql`CURRENT_TIMESTAMP`",
)
_DAYS = (
    "'2020-01-02'",
    "new Date('2020-01-02')",
    "new Date('2020-01-02T23:59:59Z')",
    "'now()'",
)
_TIMES = ("'10:20:30'", "'10:20:30+02'", "'10:20'", "sql`now()`")
_INTERVALS = ("'1 day'", "'1 year 2 mons'", "'P1D'", "'01:00:00'", "'it''s'")
_SQLS = (
    "sql`'x'`",
    "sql`gen_random_uuid()`",
    "sql`gen_random_uuid()::text`",
    "sql`'a' || 'b'::text`",
    "sql`('a')`",
    "sql`(now() AT TIME ZONE 'utc'::text)`",
    "sql`ARRAY[]::text[]`",
    "sql`'{}'::text[]`",
    "sql`'it''s'`",
    "sql`  spaced\n  out  `",
    "sql``",
    "sql.raw('upper(current_user)')",
    "sql.raw(`x` + 'y')",
    "sql.empty()",
    "sql`${sql.raw('now()')} + ${sql`interval '1 day'`}`",
    "sql.join([sql`a`, sql.raw('b')], sql` || `)",
    "sql`nextval('s')`",
    "sql`5`",
    "sql`NULL`",
    "sql`true`",
    "sql`a\\b`",
    "sql`now()`.mapWith(String)",
    "sql<string>`lower('A')::text`",
    "sql`'1'::numeric(10, 2)`",
    "sql`'x'::character varying`",
    "sql`CAST('x' AS text)`",
    "sql`'::'`",
    "sql`'x'::my.enum`",
    "sql`'x'::\"E\"`",
    "sql`'{}'::jsonb`",
    "sql`'[]'::json`",
    "sql`timezone('utc'::text, now())`",
    "sql`$1`",
)
_REFUSED = (
    "sql`${5}`",
    "sql`${'x'}`",
    "sql.identifier('x')",
    "Symbol('x') as any",
    "(() => 1) as any",
    "/x/ as any",
    "new Map() as any",
)

_POINTS = (
    "[1, 2]",
    "{ x: 1, y: 2 }",
    "'(1,2)'",
    "[1.5, -2]",
    "sql`point(1, 2)`",
    "{ x: 0.1, y: 1e21 }",
)
_LINES = ("[1, 2, 3]", "{ a: 1, b: 2, c: 3 }", "'{1,2,3}'", "[0, -1.5, 2]")
_VECTORS = ("[1, 2, 3]", "[0.5, -1, 1e-7]", "'[1,2,3]'", "[]")
_SPARSE = ("'{1:1,3:2}/3'", "'{}/3'")
_BITS = ("'101'", "'0'")
_UUIDS = ("'00000000-0000-0000-0000-000000000000'", "sql`gen_random_uuid()`")
_WORDS = ("'127.0.0.1'", "'08:00:2b:01:02:03'", "''", "'10.0.0.0/8'")

_LENGTHS = (
    "",
    "{}",
    "{ length: 255 }",
    "{ length: 0 }",
    "{ length: undefined }",
    "{ enum: ['a', 'b'] }",
    "{ length: 10, enum: ['a'] }",
    "{ length: 1e3 }",
    "{ length: '20' as any }",
    "{ length: 1.5 }",
    "{ length: null as any }",
)
_PRECISIONS = (
    "",
    "{}",
    "{ precision: 10 }",
    "{ precision: 10, scale: 2 }",
    "{ scale: 2 }",
    "{ precision: 10, scale: 0 }",
    "{ precision: 0 }",
    "{ precision: undefined, scale: 3 }",
    "{ mode: 'number' }",
    "{ mode: 'bigint', precision: 20 }",
    "{ mode: 'string', precision: 5, scale: 1 }",
)
_TIMESTAMPS = (
    "",
    "{}",
    "{ mode: 'string' }",
    "{ mode: 'date' }",
    "{ withTimezone: true }",
    "{ withTimezone: false }",
    "{ precision: 0 }",
    "{ precision: 3 }",
    "{ precision: 6, withTimezone: true }",
    "{ precision: 3, mode: 'string' }",
    "{ precision: 3, mode: 'string', withTimezone: true }",
    "{ precision: undefined }",
    "{ withTimezone: 1 as any }",
)
_CLOCKS = (
    "",
    "{}",
    "{ precision: 0 }",
    "{ precision: 3 }",
    "{ withTimezone: true }",
    "{ precision: 2, withTimezone: true }",
    "{ withTimezone: false }",
)
_FIELDS = (
    "",
    "{}",
    "{ fields: 'day' }",
    "{ fields: 'day to second' }",
    "{ precision: 6 }",
    "{ precision: 0 }",
    "{ fields: 'day to second', precision: 2 }",
    "{ fields: 'second', precision: 0 }",
)
_DAY_MODES = ("", "{}", "{ mode: 'date' }", "{ mode: 'string' }")
_NUMBER_MODES = ("{ mode: 'number' }",)
_BIG_MODES = ("{ mode: 'bigint' }",)
_POINT_MODES = ("", "{}", "{ mode: 'xy' }", "{ mode: 'tuple' }")
_LINE_MODES = ("", "{}", "{ mode: 'abc' }", "{ mode: 'tuple' }")
_GEOMETRIES = (
    "",
    "{}",
    "{ type: 'point' }",
    "{ type: 'point', mode: 'xy', srid: 4326 }",
    "{ mode: 'tuple', srid: 4326 }",
    "{ type: 'polygon' as any }",
    "{ srid: 0 }",
    "{ srid: undefined, mode: 'xy' }",
)
_DIMENSIONS = ("{ dimensions: 3 }", "{ dimensions: 1536 }", "{ dimensions: 1 + 2 }")
_NONE = ("",)

BUILDERS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("text", ("", "{}", "{ enum: ['a', 'b'] }", "{ enum: [] as any }"), _TEXTS),
    ("varchar", _LENGTHS, _TEXTS),
    ("char", _LENGTHS, _TEXTS),
    ("integer", _NONE, _NUMBERS),
    ("smallint", _NONE, _NUMBERS),
    ("bigint", _NUMBER_MODES, _NUMBERS),
    ("bigint", _BIG_MODES, _BIGS),
    ("serial", _NONE, ("1",)),
    ("smallserial", _NONE, ("1",)),
    ("bigserial", _NUMBER_MODES, ("1",)),
    ("bigserial", _BIG_MODES, ("1n",)),
    ("real", _NONE, _NUMBERS),
    ("doublePrecision", _NONE, _NUMBERS),
    ("numeric", _PRECISIONS, (*_TEXTS[:4], *_NUMBERS, *_BIGS)),
    ("decimal", _PRECISIONS, ("'1.5'", "'0'", "2", "3n")),
    ("boolean", _NONE, _BOOLEANS),
    ("json", _NONE, _JSONS),
    ("jsonb", _NONE, _JSONS),
    ("date", _DAY_MODES, _DAYS),
    ("time", _CLOCKS, _TIMES),
    ("timestamp", _TIMESTAMPS, _MOMENTS),
    ("interval", _FIELDS, _INTERVALS),
    ("uuid", _NONE, _UUIDS),
    ("inet", _NONE, _WORDS),
    ("cidr", _NONE, _WORDS),
    ("macaddr", _NONE, _WORDS),
    ("macaddr8", _NONE, _WORDS),
    ("point", _POINT_MODES, _POINTS),
    ("line", _LINE_MODES, _LINES),
    ("geometry", _GEOMETRIES, _POINTS),
    ("vector", _DIMENSIONS, _VECTORS),
    ("halfvec", _DIMENSIONS, _VECTORS),
    ("sparsevec", _DIMENSIONS, _SPARSE),
    ("bit", _DIMENSIONS, _BITS),
    ("mood", _NONE, ("'on'", "'it\\'s'", "'off' as any", "sql`'on'`")),
    ("level", _NONE, ("'low'", "sql`'low'::level`")),
    ("shade", _NONE, ("'dark'",)),
    ("bytes", ("", "{ n: 3 }"), ("'\\\\x00'", "5 as any", "null as any", *_TEXTS[:3])),
    ("money", ("", "{ n: 3 }"), ("'1'", "2 as any", "true as any", "[1] as any")),
    ("tags", ("",), ("['a']", "'{a}'", "[]")),
    ("upper", ("",), ("'X'", "1 as any", "new Date(0) as any")),
)
"""Builder, its options, and values that it may get as default."""

_ARRAYS: dict[str, tuple[str, ...]] = {
    "text": ("[]", "['a', 'b c']", "['it\\'s']", "['say \"x\"']", "['x,y', '']"),
    "varchar": ("['one']", "['NULL', 'null']", "['{}']", "['a\\\\b']"),
    "integer": ("[]", "[1, -2, 3]", "[1.5]", "[[1], [2]]", "[null as any]"),
    "bigint": ("[1]", "[]"),
    "numeric": ("['1.5']", "[]"),
    "boolean": ("[true, false]", "[]"),
    "uuid": ("[]", "['00000000-0000-0000-0000-000000000000']"),
    "timestamp": ("[]", "[new Date(0)]", "['2020-01-02']"),
    "date": ("['2020-01-02']", "[new Date(0)]"),
    "jsonb": ("[]", "[{ a: 1 }]", "[{ a: 'it\\'s \"q\"' }]"),
    "json": ("[{ a: [1] }]",),
    "real": ("[0.5, 1e21]",),
    "mood": ("['on']", "[]", "['it\\'s']"),
    "bytes": ("['x']", "[]"),
    "inet": ("['127.0.0.1']",),
    "time": ("['10:20:30']",),
    "interval": ("['1 day']",),
    "point": ("[[1, 2]]", "[]"),
}

SHARED = """
export const mood = pgEnum('mood', ['on', "it's", 'off']);
export const inner = pgSchema('inner');
export const level = inner.enum('level', ['low', 'high']);
export const shade = pgEnum('shade', { Dark: 'dark', Light: 'light' } as const);
const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const money = customType<any>({
  dataType(config) { return config?.n ? `money(${config.n})` : 'money'; },
  toDriver: (value) => String(value),
});
const tags = customType<any>({ dataType: () => 'text[]' });
const upper = customType<any>({ dataType: function () { return 'TIMESTAMP(3)'; } });
export const target = pgTable('Target', {
  id: integer().primaryKey(),
  otherId: text('Other Id').unique(),
});
"""

_ACTIONS = ("cascade", "set null", "restrict", "no action", "set default")


_OWN = re.compile(r"Identity|defaultNow|defaultRandom")
"""Methods that the builder of an array does not have."""


class OddColumns:
    """Writes columns of one project."""

    def __init__(self, dice: random.Random, line: Line) -> None:
        self.dice = dice
        self.line = line
        self.made = 0

    def chance(self, percent: int) -> bool:
        """Tell yes in so many of a hundred cases."""
        return self.dice.randrange(100) < percent

    def column(self, key: str, *, plain: bool = False) -> tuple[str, str]:
        """Return the text of a column and the builder that it starts with."""
        dice = self.dice
        builders = BUILDERS
        if self.line is Line.ONE:
            builders = (*BUILDERS, ("bytea", _NONE, ("'x'", "Buffer.from('x')")))
        maker, options, values = dice.choice(builders)
        name = self._name(key)
        given = ", ".join(each for each in (name, dice.choice(options)) if each)
        head = f"{maker}({given})"
        parts: list[str] = []
        if not plain:
            parts = self._modifiers(maker, values)
        return head + "".join(parts), maker

    def _name(self, key: str) -> str:
        kind = self.dice.randrange(12)
        names = {
            0: f"'{key}'",
            1: f"'{key.lower()}_db'",
            2: "''",
            3: f"`{key}`",
            4: f"'{key} X'",
            5: f"'C\"{key}'",
            6: "undefined as any",
        }
        text = names.get(kind, "")
        return "" if kind == 6 and self.chance(80) else text

    def _modifiers(self, maker: str, values: tuple[str, ...]) -> list[str]:
        dice = self.dice
        parts = []
        if self.chance(55):
            parts.append(self._default(values))
        makers = [
            (25, ".notNull()"),
            (6, ".primaryKey()"),
            (8, self._unique()),
            (6, self._reference()),
            (5, ".$type<any>()"),
            (4, ".$defaultFn(() => crypto.randomUUID())"),
            (3, ".$default(function () { throw new Error('no'); })"),
            (3, ".$onUpdate(() => new Date())"),
            (2, ".$onUpdateFn(() => null)"),
            (3, ".notNull().notNull()"),
        ]
        parts += [text for percent, text in makers if self.chance(percent)]
        if maker in ("timestamp", "date", "time") and self.chance(30):
            parts = [each for each in parts if "default" not in each]
            parts.append(".defaultNow()")
        if maker == "uuid" and self.chance(50):
            parts = [each for each in parts if "default" not in each]
            parts.append(".defaultRandom()")
        if maker in ("integer", "smallint", "bigint") and self.chance(15):
            parts = [each for each in parts if "default" not in each]
            parts.append(self._identity())
        elif self.chance(8):
            parts = [each for each in parts if "default" not in each]
            parts.append(self._generated())
        dice.shuffle(parts)
        if self.chance(18):
            own = [each for each in parts if _OWN.search(each)]
            rest = [each for each in parts if each not in own]
            parts = [*own, *rest]
            at = dice.randint(len(own), len(parts))
            parts.insert(at, self._array(maker))
        return parts

    def _default(self, values: tuple[str, ...]) -> str:
        dice = self.dice
        kind = dice.randrange(20)
        if kind < 12:
            value = dice.choice(values)
        elif kind < 17:
            value = dice.choice(_SQLS)
        elif kind < 18:
            value = dice.choice(_REFUSED)
        elif kind < 19:
            value = dice.choice(("undefined as any", "null as any"))
        else:
            value = dice.choice(_TEXTS + _NUMBERS + _JSONS + _MOMENTS + _POINTS)
            value += " as any"
        return f".default({value})"

    def _unique(self) -> str:
        self.made += 1
        return self.dice.choice(
            [
                ".unique()",
                f".unique('u{self.made}')",
                f".unique('U {self.made}', {{ nulls: 'not distinct' }})",
                ".unique('')",
                f".unique('u{self.made}', {{ nulls: 'distinct' }})",
                ".unique(undefined, { nulls: 'not distinct' })",
            ]
        )

    def _reference(self) -> str:
        dice = self.dice
        actions = [
            f"{when}: '{dice.choice(_ACTIONS)}'"
            for when in ("onDelete", "onUpdate")
            if self.chance(50)
        ]
        if self.line is Line.ONE and self.chance(20):
            self.made += 1
            actions.append(f"name: 'fk{self.made}'")
        options = f", {{ {', '.join(actions)} }}" if actions else ""
        target = dice.choice(["id", "otherId"])
        body = dice.choice(
            [
                f"() => target.{target}",
                f"(): AnyPgColumn => target.{target}",
                f"() => {{ return target.{target} }}",
                f"() => (target as any)['{target}']",
                f"function () {{ const {{ {target}: c }} = target; return c; }}",
            ]
        )
        return f".references({body}{options})"

    def _identity(self) -> str:
        options = self.dice.choice(
            [
                "",
                "{}",
                "{ startWith: 100 }",
                "{ increment: -2 }",
                "{ increment: 5, minValue: -10, maxValue: 1e6, cache: 20 }",
                "{ name: 'q', cycle: true }",
                "{ name: '', startWith: 0 }",
                "{ increment: -1, startWith: 5, minValue: 1, maxValue: 5 }",
                "{ startWith: '12' as any, maxValue: '99999999999999999999' as any }",
                "{ cycle: false, cache: 1 }",
                "{ increment: 0 }",
            ]
        )
        always = self.dice.choice(["Always", "ByDefault"])
        return f".generated{always}AsIdentity({options})"

    def _generated(self) -> str:
        body = self.dice.choice(
            [
                "sql`1 + 1`",
                "() => sql`lower('X')`",
                "(): SQL => sql`${target.id} + 1`",
                "sql`${5}`",
                "'plain text'",
                "() => { return sql.raw('now()'); }",
                "sql`coalesce(${sql.identifier('a')}, 'it''s')`",
            ]
        )
        return f".generatedAlwaysAs(({body}) as any)"

    def _array(self, maker: str) -> str:
        dice = self.dice
        if self.line is Line.ZERO:
            text = dice.choice(
                [".array()", ".array()", ".array(3)", ".array().array()"]
            )
        else:
            text = dice.choice([".array()", ".array('[]')", ".array('[][]')"])
        values = _ARRAYS.get(maker)
        if values and self.chance(50):
            text += f".default({dice.choice(values)} as any)"
        return text
