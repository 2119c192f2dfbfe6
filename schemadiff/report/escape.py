"""Text from files, made safe for terminals, logs and annotations."""

import unicodedata

_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_WIDE = ("W", "F")


def visible(text: str, *, newlines: bool = False) -> str:
    """Return `text` with control and direction characters written out.

    A tab becomes a blank. Newlines stay only where `newlines` says so.
    """
    if text.isprintable():
        return text
    return "".join(_shown(each, newlines=newlines) for each in text)


def columns(text: str) -> int:
    """Return how many columns of a terminal `text` takes: wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def cut(text: str, width: int) -> str:
    """Return `text`, its end replaced by `…` where it takes more than `width`."""
    if columns(text) <= width:
        return text
    left = width - 1
    kept = 0
    for each in text:
        left -= _columns(each)
        if left < 0:
            break
        kept += 1
    return f"{text[:kept].rstrip()}…" if width > 0 else ""


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _shown(character: str, *, newlines: bool) -> str:
    if character == "\t":
        return " "
    if character == "\n" and newlines:
        return character
    if unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    if code <= 0xFF:  # noqa: PLR2004 - what two digits can say
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 - what four can
