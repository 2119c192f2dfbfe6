"""Texts as JavaScript counts them: in UTF-16 code units."""

from collections.abc import Callable, Sequence

from schemadiff.typescript.values import Array, Function, Value

_LAST_OF_PLANE = "\uffff"
_FIRST_SURROGATE = "\ud800"
_LAST_SURROGATE = "\udfff"


def is_even(text: str) -> bool:
    """Tell whether every character of `text` is one code unit."""
    return text.isascii() or max(text) <= _LAST_OF_PLANE


def to_units(text: str) -> str:
    """Return `text` with one character for each of its code units."""
    if is_even(text):
        return text
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(
        chr(int.from_bytes(raw[at : at + 2], "little")) for at in range(0, len(raw), 2)
    )


def from_units(text: str) -> str | None:
    """Return the text of code units; None where half a character is left.

    Half a character cannot be written to any file, so it is not dealt with.
    """
    if text.isascii():
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode(
        "utf-16-le", "surrogatepass"
    )
    halves = any(_FIRST_SURROGATE <= each <= _LAST_SURROGATE for each in whole)
    return None if halves else whole


def in_units(
    method: Callable[[str, Sequence[Value]], Value | None],
    text: str,
    arguments: Sequence[Value],
) -> Value | None:
    """Return what a method of strings makes, its indices counted in code units."""
    texts = [text, *(each for each in arguments if isinstance(each, str))]
    if all(map(is_even, texts)):
        return method(text, arguments)
    if any(isinstance(each, Function) for each in arguments):
        return None
    given = [to_units(each) if isinstance(each, str) else each for each in arguments]
    found = method(to_units(text), given)
    if isinstance(found, str):
        return from_units(found)
    if isinstance(found, Array):
        items = [from_units(e) if isinstance(e, str) else e for e in found.items]
        whole = [each for each in items if each is not None]
        return Array(whole, found.span) if len(whole) == len(items) else None
    return found
