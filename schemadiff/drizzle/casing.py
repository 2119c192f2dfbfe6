"""Column names made from keys, as drizzle-orm's `casing.js` makes them."""

import re
from functools import lru_cache

from schemadiff.regex import regex

_WORD = regex(r"[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+", re.ASCII)
_APOSTROPHE = regex("['\u2019]")

SNAKE = "snake_case"
CAMEL = "camelCase"


@lru_cache(maxsize=4096)
def cased(key: str, casing: str | None) -> str:
    """Return the name that drizzle-orm gives a column without one.

    `casing` is `snake_case`, `camelCase` or None, which keeps the key.
    """
    if casing is None:
        return key
    words: list[str] = _WORD.findall(_APOSTROPHE.sub("", key))
    if casing == SNAKE:
        return "_".join(word.lower() for word in words)
    return "".join(
        word[0].upper() + word[1:] if index else word.lower()
        for index, word in enumerate(words)
    )
