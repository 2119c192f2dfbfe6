"""Behaviours hold for the versions they were measured at, and between them for both."""

import pytest

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.behaviours import LINES, MEASURED, behaviours, possible
from schemadiff.deploy.kit_version import kit_version

ORDERED = (
    "0.20.18",
    "0.30.6",
    "0.31.0",
    "0.31.11",
    "1.0.0-beta.1-abc1234",
    "1.0.0-beta.9",
    "1.0.0-beta.10",
    "1.0.0-rc.4",
    "1.0.0-rc.4-5d5b77c",
    "1.0.0-rc.5",
    "1.0.0",
    "1.0.1",
)


def test_versions_are_ordered_as_npm_publishes_them() -> None:
    versions = [kit_version(each) for each in ORDERED]
    assert None not in versions
    assert versions == sorted(each for each in versions if each)


@pytest.mark.parametrize("text", [None, "", "latest", "^0.31.0", "0.31", "0.31.x"])
def test_what_is_no_version_is_not_known(text: str | None) -> None:
    assert kit_version(text) is None


@pytest.mark.parametrize(
    ("kit", "on_type_change", "on_required", "on_set_not_null"),
    [
        ("0.20.18", True, True, True),
        ("0.24.2", True, True, False),
        ("0.28.1", True, True, False),
        ("0.30.6", True, True, False),
        ("0.31.0", False, True, False),
        ("0.31.4", False, True, False),
        ("0.31.11", False, True, False),
        ("1.0.0-rc.5", False, False, False),
    ],
)
def test_truncations_by_version(
    kit: str, *, on_type_change: bool, on_required: bool, on_set_not_null: bool
) -> None:
    push = behaviours(kit, Way.PUSH)
    assert push.truncates_on_type_change is on_type_change
    assert push.truncates_on_required_column is on_required
    assert push.truncates_on_set_not_null is on_set_not_null
    migrations = behaviours(kit, Way.MIGRATIONS)
    assert not migrations.truncates_on_type_change
    assert not migrations.truncates_on_required_column
    assert not migrations.truncates_on_set_not_null
    assert migrations.transactional
    assert not push.transactional


def test_a_measured_version_behaves_in_one_way() -> None:
    for kit in LINES:
        for way in Way:
            assert len(possible(kit, way)) == 1


def test_between_two_measured_versions_both_are_possible() -> None:
    between = possible("0.30.7", Way.PUSH)
    assert {each.truncates_on_type_change for each in between} == {True, False}
    assert behaviours("0.30.7", Way.PUSH).truncates_on_type_change
    before_rc = possible("1.0.0-rc.1", Way.PUSH)
    assert {each.converts_with_using for each in before_rc} == {True, False}
    assert behaviours("1.0.0-rc.1", Way.PUSH).truncates_on_required_column


def test_beyond_the_measured_versions_the_nearest_holds() -> None:
    assert not behaviours("1.2.0", Way.PUSH).truncates_on_required_column
    assert behaviours("0.18.0", Way.PUSH).truncates_on_set_not_null


def test_a_version_that_is_not_known_may_be_any() -> None:
    every = possible(None, Way.PUSH)
    assert [each.line for each in every] == list(LINES)
    assert behaviours(None, Way.PUSH).truncates_on_set_not_null


def test_every_behaviour_was_measured_in_both_lines() -> None:
    for name, (_, measured) in MEASURED.items():
        versions = [kit_version(each) for each in measured]
        assert None not in versions, name
        assert {each.major for each in versions if each} == {0, 1}, name
