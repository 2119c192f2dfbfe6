"""What came of installing or uninstalling."""

from typing import NamedTuple


class Done(NamedTuple):
    """`code` is 0 when it is as asked for, 1 when something is left to the person.

    `text` says what was done, and what is left.
    """

    code: int
    text: str
