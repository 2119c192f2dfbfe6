"""Git's configuration, as far as a person's word for one push stands in it."""

from typing import NamedTuple

from schemadiff.git.repository import Repository

_FIELDS = 3


class Stored(NamedTuple):
    """A value that outlives one command: its scope (`local`, …), file and text."""

    scope: str
    origin: str
    value: str


class Configured(NamedTuple):
    """The values of one key: those of this command only, and those that last.

    Of this command are `git -c key=value push` and GIT_CONFIG_COUNT; they reach
    hooks, also those that pre-commit and prek start.
    """

    command: tuple[str, ...]
    lasting: tuple[Stored, ...]


def configured(repository: Repository, key: str) -> Configured:
    """Return every value of `key`, in Git's order, the weakest first."""
    parts = repository.commands.run(
        "config", "--show-scope", "--show-origin", "--null", "--get-all", key,
        accept=(0, 1),
    ).fields()  # fmt: skip
    found = [
        Stored(*parts[start : start + _FIELDS])
        for start in range(0, len(parts), _FIELDS)
    ]
    return Configured(
        tuple(each.value for each in found if each.scope == "command"),
        tuple(each for each in found if each.scope != "command"),
    )
