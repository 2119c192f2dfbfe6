"""What a change of a column's type does to the values in it."""

from collections.abc import Callable, Sequence

from schemadiff.deploy.postgres_casts import (
    CASTS,
    KEPT_AS_TEXT,
    NATIVE_PREFIXES,
    STRINGS,
    TEXT_LENGTHS,
    Context,
    Fate,
    is_known,
)
from schemadiff.deploy.sql_type import SqlType
from schemadiff.model import Name
from schemadiff.record import record

Labels = Callable[[Name], Sequence[str] | None]
"""The labels an enum has when the conversion runs; None if it is not known."""

_WHOLE_DIGITS = {"smallint": 5, "integer": 10, "bigint": 19}
_FLOAT_DIGITS = {"real": 6, "double precision": 15}
_CLOCKS = frozenset(
    {
        "time",
        "time with time zone",
        "timestamp",
        "timestamp with time zone",
        "interval",
    }
)
_MICROSECONDS = 6
_UNITS = ("year", "month", "day", "hour", "minute", "second")
_FAMILIES = (
    frozenset({"smallint", "integer", "bigint"}),
    frozenset({"real", "double precision"}),
    frozenset({"numeric"}),
    frozenset({"text", "varchar", "char"}),
    frozenset({"bit", "varbit"}),
    *(frozenset({clock}) for clock in sorted(_CLOCKS)),
)


@record
class Conversion:
    """What becomes of the values, and why.

    `reason` follows "values of items.v": `longer than 50 characters would be
    cut`; after MAY_FAIL it says which values: `longer than 50 characters`. After
    IMPOSSIBLE it is a clause of its own.
    """

    fate: Fate
    reason: str = ""


_SAME = Conversion(Fate.SAME)


def convert(
    base: SqlType, head: SqlType, *, using: bool, before: Labels, after: Labels
) -> Conversion:
    """Return what `ALTER COLUMN … SET DATA TYPE` does to values of `base`.

    `using` tells that the statement carries `USING column::type`, an explicit
    cast, which cuts strings without a word where an assignment refuses them.
    To enums drizzle-kit always writes one. The labels are those that base's enum
    has `before` and head's enum has `after`.
    """
    base, head = base.stored(), head.stored()
    if base == head:
        return _SAME
    if base.array or head.array:
        return _convert_arrays(base, head, using=using, before=before, after=after)
    return _convert_elements(base, head, using=using, before=before, after=after)


def is_narrowing(base: SqlType, head: SqlType) -> bool:
    """Tell whether both types are of one kind, so that a change is one of size."""
    families = {base.stored().family, head.stored().family}
    return base.array == head.array and any(families <= kind for kind in _FAMILIES)


def is_native(written: str) -> bool:
    """Tell whether drizzle-kit 0.31 can name this type in `SET DATA TYPE`.

    It puts `"undefined".` before any other, enums excepted.
    """
    return written.startswith(NATIVE_PREFIXES)


def _convert_arrays(
    base: SqlType, head: SqlType, *, using: bool, before: Labels, after: Labels
) -> Conversion:
    if base.array and head.array:
        return _convert_elements(
            base.element(), head.element(), using=using, before=before, after=after
        )
    if base.array and head.family in STRINGS:
        written = Conversion(Fate.REWRITTEN, "would become text such as {a,b}")
        return max(written, _fit(None, head, using=using), key=lambda each: each.fate)
    if head.array and base.family in STRINGS and using:
        return Conversion(Fate.MAY_FAIL, "that are no array literal such as {a,b}")
    return Conversion(Fate.IMPOSSIBLE, "Postgres has no cast between the two")


def _convert_elements(
    base: SqlType, head: SqlType, *, using: bool, before: Labels, after: Labels
) -> Conversion:
    if base.enum or head.enum:
        return _convert_enums(base, head, using=using, before=before, after=after)
    if base.family == head.family:
        return _resize(base, head, using=using)
    if is_known(base.family) != is_known(head.family) and head.family not in STRINGS:
        return _foreign(base, head)
    if {base.family, head.family} == {"bit", "varbit"}:
        return _resize_bits(base, head, using=using)
    if head.family in STRINGS:
        return _to_string(base, head, using=using)
    if base.family in STRINGS:
        return _from_string(base, head, using=using)
    return _cast(base, head, using=using)


def _convert_enums(
    base: SqlType, head: SqlType, *, using: bool, before: Labels, after: Labels
) -> Conversion:
    if head.enum is None:
        if head.family not in STRINGS or base.enum is None:
            return Conversion(Fate.IMPOSSIBLE, "Postgres has no cast between the two")
        known = before(base.enum)
        longest = max(map(len, known), default=0) if known is not None else None
        kept = Conversion(Fate.TEXT)
        return max(kept, _fit(longest, head, using=using), key=lambda each: each.fate)
    if base.enum is None:
        if base.family not in STRINGS:
            return Conversion(Fate.IMPOSSIBLE, "Postgres has no cast between the two")
        return Conversion(Fate.MAY_FAIL, f"that are no label of {head.enum}")
    old, new = before(base.enum), after(head.enum)
    if old is not None and new is not None and set(old) <= set(new):
        return _SAME
    return Conversion(Fate.MAY_FAIL, f"that are no label of {head.enum}")


def _resize(base: SqlType, head: SqlType, *, using: bool) -> Conversion:
    family = base.family
    if family in STRINGS:
        return _fit(base.number(0), head, using=using)
    if family == "numeric":
        return _resize_numeric(base, head)
    if family in _CLOCKS:
        return _resize_clock(base, head)
    if family in ("bit", "varbit"):
        return _resize_bits(base, head, using=using)
    if family in ("vector", "halfvec", "sparsevec"):
        return _resize_vector(base, head)
    return _unknown(base, head)


def _to_string(base: SqlType, head: SqlType, *, using: bool) -> Conversion:
    if base.family in STRINGS:
        return _between_strings(base, head, using=using)
    longest = _text_length(base)
    if base.family in KEPT_AS_TEXT:
        kept = Conversion(Fate.TEXT)
    else:
        kept = Conversion(Fate.REWRITTEN, "would become the text that Postgres prints")
    return max(
        kept,
        _fit(longest, head, using=using),
        _padding(head),
        key=lambda each: each.fate,
    )


def _text_length(base: SqlType) -> int | None:
    """Return how long a value's text can be, sign and point included."""
    limit = base.number(0)
    if limit is None or base.family not in ("numeric", "bit", "varbit"):
        return TEXT_LENGTHS.get(base.family)
    if base.family != "numeric":
        return limit
    scale = base.number(1) or 0
    return max(limit, scale + 1) + (2 if scale else 1)


def _between_strings(base: SqlType, head: SqlType, *, using: bool) -> Conversion:
    length = base.number(0) if base.family in ("char", "varchar") else None
    fate = _SAME
    if "citext" in (base.family, head.family):
        fate = Conversion(Fate.REWRITTEN, "would compare by other rules of case")
    if base.family == "char" and head.family != "varchar":
        fate = Conversion(Fate.REWRITTEN, "would lose the blanks at their end")
    return max(
        fate,
        _fit(length, head, using=using),
        _padding(head),
        key=lambda each: each.fate,
    )


def _padding(head: SqlType) -> Conversion:
    if head.family != "char":
        return _SAME
    return Conversion(Fate.REWRITTEN, "would be filled up with blanks")


def _fit(longest: int | None, head: SqlType, *, using: bool) -> Conversion:
    limit = 63 if head.family == "name" else head.number(0)
    if limit is None or (longest is not None and longest <= limit):
        return _SAME
    if using:
        return Conversion(Fate.CUT, f"longer than {limit} characters would be cut")
    return Conversion(Fate.MAY_FAIL, f"longer than {limit} characters")


def _from_string(base: SqlType, head: SqlType, *, using: bool) -> Conversion:
    del base
    if not using:
        return Conversion(
            Fate.IMPOSSIBLE, "Postgres converts text only when told to with USING"
        )
    if head.family in _CLOCKS and _digits(head) < _MICROSECONDS:
        return Conversion(
            Fate.CUT, f"would be rounded to {_digits(head)} digits of a second"
        )
    if head.family == "numeric" and head.arguments:
        return Conversion(
            Fate.CUT, f"would be rounded to {head.number(1) or 0} decimals"
        )
    return Conversion(Fate.MAY_FAIL, f"that are no {head.family}")


def _cast(base: SqlType, head: SqlType, *, using: bool) -> Conversion:
    known = CASTS.get((base.family, head.family))
    if known is None:
        return Conversion(Fate.IMPOSSIBLE, "Postgres has no cast between the two")
    context, fate = known
    if context is Context.EXPLICIT and not using:
        return Conversion(
            Fate.IMPOSSIBLE, "Postgres converts these only when told to with USING"
        )
    if (measured := _cast_numbers(base, head)) is not None:
        return measured
    if head.family in _CLOCKS and fate < Fate.CUT:
        loses_date = head.family == "interval" and _fields(head)
        fate = Fate.CUT if loses_date or _loses_digits(base, head) else fate
    if fate is Fate.REWRITTEN and "zone" in base.family + head.family:
        return Conversion(fate, "would be taken in the time zone of the session")
    return Conversion(fate, _REASONS.get(fate, ""))


_REASONS = {
    Fate.REWRITTEN: "would be read and written in another form",
    Fate.MAY_FAIL: "out of the new type's range",
    Fate.CUT: "would be rounded or cut",
    Fate.MERGED: "that differ would become the same",
}


def _cast_numbers(base: SqlType, head: SqlType) -> Conversion | None:
    """Return what becomes of numbers whose digits the types count."""
    if base.family == "numeric" and _fits_float(base, head):
        return Conversion(Fate.REWRITTEN, "would be kept as floating point numbers")
    if head.family == "numeric" and base.family == "money":
        return _resize_numeric(SqlType("numeric", ("19", "2")), head)
    if head.family == "numeric" and base.family in _WHOLE_DIGITS:
        digits = SqlType("numeric", (str(_WHOLE_DIGITS[base.family]), "0"))
        return _resize_numeric(digits, head)
    if base.family == "numeric" and head.family in _WHOLE_DIGITS:
        return _numeric_to_whole(base, head)
    return None


def _fits_float(base: SqlType, head: SqlType) -> bool:
    """Tell whether a float has as many decimal digits as the numbers."""
    digits = _FLOAT_DIGITS.get(head.family, 0)
    return (base.number(0) or digits + 1) <= digits


def _numeric_to_whole(base: SqlType, head: SqlType) -> Conversion:
    precision, scale = base.number(0), base.number(1) or 0
    if precision is None or scale > 0:
        return Conversion(Fate.CUT, "would be rounded to whole numbers")
    if precision - scale < _WHOLE_DIGITS[head.family]:
        return _SAME
    return Conversion(Fate.MAY_FAIL, f"out of the range of {head.family}")


def _resize_numeric(base: SqlType, head: SqlType) -> Conversion:
    precision = head.number(0)
    if precision is None:
        return _SAME
    scale = head.number(1) or 0
    before, decimals = base.number(0), base.number(1) or 0
    if before is None or decimals > scale:
        return Conversion(Fate.CUT, f"would be rounded to {scale} decimals")
    if before - decimals > precision - scale:
        return Conversion(
            Fate.MAY_FAIL, f"with more than {precision - scale} digits before the point"
        )
    return _SAME


def _resize_clock(base: SqlType, head: SqlType) -> Conversion:
    if _loses_digits(base, head):
        return Conversion(
            Fate.CUT, f"would be rounded to {_digits(head)} digits of a second"
        )
    if _finest(head) < _finest(base):
        return Conversion(Fate.CUT, f"would keep only {_fields(head)}")
    return _SAME


def _finest(clock: SqlType) -> int:
    """Return the smallest unit that an interval keeps; larger ones are never cut.

    So does `AdjustIntervalForTypmod`, whatever the fields begin with.
    """
    return _UNITS.index((_fields(clock) or "second").split()[-1])


def _loses_digits(base: SqlType, head: SqlType) -> bool:
    has_clock = base.family in _CLOCKS
    return has_clock and _digits(head) < _digits(base)


def _digits(clock: SqlType) -> int:
    numbers = [each for each in clock.arguments if each.isdigit()]
    return int(numbers[0]) if numbers else _MICROSECONDS


def _fields(clock: SqlType) -> str:
    return next((each for each in clock.arguments if not each.isdigit()), "")


def _resize_bits(base: SqlType, head: SqlType, *, using: bool) -> Conversion:
    before, after = base.number(0), head.number(0)
    if base.family == "varbit" and head.family == "bit":
        return Conversion(Fate.MAY_FAIL, f"that are not {after} bits long")
    if head.family == "varbit":
        if after is None or (before is not None and before <= after):
            return _SAME
        fate = Fate.CUT if using else Fate.MAY_FAIL
        return Conversion(
            fate, f"longer than {after} bits" + (" would be cut" if using else "")
        )
    if not using:
        return Conversion(Fate.IMPOSSIBLE, f"its values are not {after} bits long")
    if before is not None and after is not None and before < after:
        return Conversion(Fate.REWRITTEN, "would be filled up with zeros")
    return Conversion(Fate.CUT, f"would be cut to {after} bits")


def _resize_vector(base: SqlType, head: SqlType) -> Conversion:
    if head.number(0) is None:
        return _SAME
    if base.number(0) is None:
        return Conversion(Fate.MAY_FAIL, f"that have not {head.number(0)} dimensions")
    return Conversion(
        Fate.IMPOSSIBLE, f"its values have not {head.number(0)} dimensions"
    )


def _foreign(base: SqlType, head: SqlType) -> Conversion:
    """Return the worst: a type of the project's own may be a domain over any other."""
    unknown = base.family if is_known(head.family) else head.family
    return Conversion(
        Fate.CUT, f"could be cut or rounded: nothing is known about the type {unknown}"
    )


def _unknown(base: SqlType, head: SqlType) -> Conversion:
    del base
    return Conversion(
        Fate.IMPOSSIBLE, f"nothing is known about converting to {head.family}"
    )
