"""Regular expressions that are compiled when they are first used.

To compile one takes about a tenth of a millisecond. There are a hundred, most pushes
use few of them, and all together took a tenth of the time of a whole push.
"""

import re
from typing import Any, AnyStr, cast


def regex(text: AnyStr, flags: int = 0) -> "re.Pattern[AnyStr]":
    """Return what `re.compile` returns, compiled when something is asked of it."""
    return cast("re.Pattern[AnyStr]", _Pattern(text, flags))


class _Pattern:
    """Stands for a compiled pattern, whose methods it takes over one by one."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._given: tuple[Any, int] = text, flags

    def __getattr__(self, name: str) -> object:
        found: object = getattr(re.compile(*self._given), name)  # re keeps what it made
        setattr(self, name, found)
        return found
