"""An upgrade across a behaviour is said in one sentence, others are not."""

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.upgrade import upgrade_note

PUSH = (Way.PUSH,)


def test_an_upgrade_from_0_30_to_0_31_no_longer_empties_on_type_changes() -> None:
    assert upgrade_note("0.30.6", "0.31.11", PUSH) == (
        "this push replaces drizzle-kit 0.30.6 by 0.31.11, which no longer empties a"
        " table before it changes a column's type"
    )
    assert upgrade_note("0.30.6", "0.31.11", (Way.MIGRATIONS,)) is None


def test_an_upgrade_to_1_0_manages_every_schema() -> None:
    assert upgrade_note("0.31.11", "1.0.0-rc.5", PUSH) == (
        "this push replaces drizzle-kit 0.31.11 by 1.0.0-rc.5, which no longer empties"
        " a table before it adds a required column, now converts and cuts values when a"
        " type changes, now manages every Postgres schema when schemaFilter is omitted"
        " and no longer reads casing from its config"
    )


def test_each_behaviour_is_said_once_however_many_ways_there_are() -> None:
    note = upgrade_note("0.31.11", "1.0.0-rc.5", (Way.PUSH, Way.MIGRATIONS))
    assert note is not None
    assert note.count("reads casing") == 1


def test_a_downgrade_is_said_too() -> None:
    note = upgrade_note("0.31.11", "0.30.6", PUSH)
    assert note is not None
    assert note.endswith("which now empties a table before it changes a column's type")


def test_equal_and_unknown_versions_say_nothing() -> None:
    assert upgrade_note("0.31.11", "0.31.11", PUSH) is None
    assert upgrade_note("0.31.4", "0.31.11", PUSH) is None
    assert upgrade_note(None, "0.31.11", PUSH) is None
    assert upgrade_note("0.31.11", None, PUSH) is None
