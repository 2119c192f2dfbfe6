"""What an expression is, as far as it can be known without running anything.

Project code is evaluated; what a *package* exports stays symbolic. So
`text("email").notNull()` is

    Call(Member(Call(Symbol("drizzle-orm/pg-core", "text"), ("email",)), "notNull"), ())

Primitive values are Python's own: `str`, `bool`, and `float` for every number.
Everything else has identity, as in JavaScript: the same builder used in two
tables is the same `Call` object.
"""

from collections.abc import Callable, Sequence
from dataclasses import field
from enum import Enum
from typing import Final, final

from schemadiff.record import record
from schemadiff.source import Span


class Nothing(Enum):
    """The two empty values of JavaScript."""

    UNDEFINED = "undefined"
    NULL = "null"


UNDEFINED: Final = Nothing.UNDEFINED
NULL: Final = Nothing.NULL


@final
@record
class BigInt:
    """A whole number of any size: `10n`."""

    value: int


@final
@record
class Date:
    """A point in time: milliseconds since 1970 in UTC; NaN for an invalid date."""

    milliseconds: float


@final
@record
class Symbol:
    """What `package` exports as `name`; `*` is its whole namespace.

    A global of the runtime, such as `process`, is exported by the package "".
    """

    package: str
    name: str


@final
@record(eq=False)
class Member:
    """A property of something symbolic: `users.id`, `text("x").notNull`."""

    target: "Value"
    name: str
    span: Span


@final
@record
class Moment:
    """When something was made, in the order in which Node would run the project.

    `path` is the module and `statement` the offset of the top-level statement
    that was running; `step` counts inside it. Order modules by their rank.
    """

    path: str
    statement: int
    step: int


@final
@record(eq=False)
class Call:
    """A call of something symbolic, with or without `new`."""

    callee: "Value"
    arguments: "tuple[Value, ...]"
    span: Span
    moment: Moment
    new: bool = False


@final
@record(eq=False)
class Tagged:
    """A template literal with a symbolic tag: sql`lower(${users.email})`.

    `strings` are the cooked texts around the values, one more than there are
    values.
    """

    tag: "Value"
    strings: tuple[str, ...]
    values: "tuple[Value, ...]"
    span: Span
    moment: Moment


@final
@record(frozen=False)
class Property:
    """One property of an object, and where it is written.

    Where there is a `getter`, each reading calls it; `value` is then unknown.
    """

    value: "Value"
    span: Span
    getter: "Function | None" = None


@final
@record(eq=False, frozen=False)
class Object:
    """A JavaScript object, its properties in JavaScript's key order.

    `holes` are the spreads and computed keys that could not be read: behind
    each may stand any further property. `kind` is `map`, `set` or `regex` for
    those, with what a collection holds in `entries`; `hidden` are the methods of
    its class. `uncertain` are the properties that a hole may replace, because it
    was spread after them, and a frozen one throws when it is changed. Only the
    evaluator changes an object.
    """

    properties: dict[str, Property]
    span: Span
    holes: "list[Unknown]" = field(default_factory=list)
    kind: str = ""
    entries: "list[Value]" = field(default_factory=list)
    hidden: dict[str, Property] = field(default_factory=dict)
    uncertain: set[str] = field(default_factory=set)
    is_frozen: bool = False


@final
@record(eq=False, frozen=False)
class Array:
    """A JavaScript array; `holes` as in `Object`.

    A sparse one has places without an item, which read as `undefined` and which
    most methods leave out.
    """

    items: "list[Value]"
    span: Span
    holes: "list[Unknown]" = field(default_factory=list)
    is_frozen: bool = False
    is_sparse: bool = False


@final
@record
class Fingerprint:
    """All that an unreadable expression depends on.

    `project` is a digest of its own tokens and of everything in the project that
    it refers to; `packages` are the names of the packages it refers to. Two
    unknowns with equal `project`, and equal versions of `packages`, are the same.
    """

    project: str
    packages: frozenset[str]


@final
@record(eq=False, frozen=False)
class Function:
    """A function or class of the project.

    `call` enters it and returns what it returns; `bind` does so with a `this`;
    `construct` is what `new` does. A function made outside of a project has no
    fingerprint. `hidden` is what is not copied with its properties: the static
    methods of a class (`get x` and `set x` for accessors). `parent` is the class
    that a class extends, and `changed` what may have changed its properties.
    """

    name: str
    span: Span
    call: "Callable[[Sequence[Value]], Value]"
    properties: dict[str, Property] = field(default_factory=dict)
    bind: "Callable[[Value, Sequence[Value]], Value] | None" = None
    construct: "Callable[[Sequence[Value]], Value] | None" = None
    fingerprint: Callable[[], Fingerprint] | None = None
    hidden: dict[str, Property] = field(default_factory=dict)
    parent: "Function | None" = None
    changed: "Unknown | None" = None


@final
@record
class Host:
    """Something handed in from outside, such as the columns of a table.

    The evaluator never looks inside: `t.email` is `Member(Host(t), "email")`.
    """

    payload: object


@final
@record(eq=False)
class Unknown:
    """Not known, and why: a clause such as `depends on process.env.PREFIX`.

    `choices` are all that it may be, where that is known.
    """

    reason: str
    span: Span
    fingerprint: Callable[[], Fingerprint]
    choices: "tuple[Value, ...]" = ()


Symbolic = Symbol | Member | Call | Tagged | Host
Value = (
    str
    | bool
    | float
    | Nothing
    | BigInt
    | Date
    | Object
    | Array
    | Function
    | Symbolic
    | Unknown
)
