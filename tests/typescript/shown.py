"""Values as text, for expectations that a person can read."""

import json

from schemadiff.typescript.coerce import number_text
from schemadiff.typescript.values import (
    Array,
    BigInt,
    Call,
    Date,
    Function,
    Host,
    Member,
    Nothing,
    Object,
    Symbol,
    Tagged,
    Unknown,
    Value,
)


def shown(value: Value, seen: tuple[int, ...] = ()) -> str:
    if id(value) in seen:
        return "again"
    if isinstance(value, Object | Array):
        seen = (*seen, id(value))
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False)
        case bool():
            return "true" if value else "false"
        case float():
            return number_text(value)
        case Nothing():
            return value.value
        case BigInt():
            return f"{value.value}n"
        case Date():
            return f"Date({number_text(value.milliseconds)})"
        case Symbol():
            return value.name if value.package else f"global {value.name}"
        case Member():
            return f"{shown(value.target)}.{value.name}"
        case Call():
            given = ", ".join(map(shown, value.arguments))
            return f"{'new ' if value.new else ''}{shown(value.callee)}({given})"
        case Tagged():
            parts = [f"{{{shown(each)}}}" for each in value.values]
            texts = [value.strings[0]]
            for part, text in zip(parts, value.strings[1:], strict=True):
                texts += [part, text]
            return f"{shown(value.tag)}`{''.join(texts)}`"
        case Object():
            pairs = [
                f"{k}: {shown(p.value, seen)}" for k, p in value.properties.items()
            ]
            holes = [f"...{shown(each)}" for each in value.holes]
            items = [shown(each, seen) for each in value.entries]
            return f"{value.kind}{{{', '.join([*pairs, *items, *holes])}}}"
        case Array():
            items = [shown(each, seen) for each in value.items]
            items += [f"...{shown(each)}" for each in value.holes]
            return f"[{', '.join(items)}]"
        case Function():
            return f"function {value.name}"
        case Unknown():
            return f"unknown({value.reason})"
        case Host():
            return "host"
