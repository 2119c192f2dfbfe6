"""Text from files, made safe for terminals, logs and annotations."""

import unicodedata

_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def visible(text: str, *, newlines: bool = False) -> str:
    """Return `text` with control and direction characters written out.

    A tab becomes a blank. Newlines stay only where `newlines` says so.
    """
    if text.isprintable():
        return text
    return "".join(_shown(each, newlines=newlines) for each in text)


def _shown(character: str, *, newlines: bool) -> str:
    if character == "\t":
        return " "
    if character == "\n" and newlines:
        return character
    if unicodedata.category(character) in _HIDDEN:
        code = ord(character)
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"  # noqa: PLR2004 - a byte
    return character
