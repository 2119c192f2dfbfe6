"""An upgrade across a behaviour is said, others are not."""

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.upgrade import upgrade_notes


def test_an_upgrade_from_0_30_to_0_31_no_longer_empties_on_type_changes() -> None:
    assert list(upgrade_notes("0.30.6", "0.31.11", Way.PUSH)) == [
        (
            "drizzle-kit 0.31.11 no longer empties a table before it changes a"
            " column's type"
        )
    ]
    assert not list(upgrade_notes("0.30.6", "0.31.11", Way.MIGRATIONS))


def test_an_upgrade_to_1_0_manages_every_schema() -> None:
    notes = list(upgrade_notes("0.31.11", "1.0.0-rc.5", Way.PUSH))
    assert (
        "drizzle-kit 1.0.0-rc.5 now manages every Postgres schema when schemaFilter is"
        " omitted"
    ) in notes
    assert len(notes) == 4


def test_equal_and_unknown_versions_say_nothing() -> None:
    assert not list(upgrade_notes("0.31.11", "0.31.11", Way.PUSH))
    assert not list(upgrade_notes("0.31.4", "0.31.11", Way.PUSH))
    assert not list(upgrade_notes(None, "0.31.11", Way.PUSH))
