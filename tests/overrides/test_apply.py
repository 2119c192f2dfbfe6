"""Which finding an override names, and which it never does."""

from hypothesis import given
from hypothesis import strategies as st

from schemadiff.overrides.apply import apply, covers, nearest, word
from schemadiff.overrides.override import Override
from schemadiff.overrides.parse import parse
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.subject import Subject

RULES = ("drop-column", "drop-table", "rename-column", "rename-table")


def finding(rule: str, *parts: str, place: str = "") -> Finding:
    subject = Subject(parts, place)
    return Finding(rule, subject, Effect.DESTROYS, Severity.ERROR, "it is lost")


def said(text: str) -> Override:
    (override,) = parse(text, "--allow", (*RULES, "unreadable-schema"))
    return override


EMAIL = finding("drop-column", "clients", "email")
RENAMED = finding("rename-column", "clients", "company_name")


def test_an_override_allows_what_it_names_and_nothing_else() -> None:
    override = said("drop-column:clients.email")
    judged, used = apply([EMAIL, RENAMED], [override])
    assert [each.override for each in judged] == [override, None]
    assert [each.blocks for each in judged] == [False, True]
    assert used == {override}


def test_what_allows_nothing_is_not_used() -> None:
    unused = said("drop-table:clients")
    assert apply([EMAIL], [unused])[1] == set()


def test_a_word_for_a_drop_covers_a_probable_rename_but_never_the_reverse() -> None:
    assert covers(said("drop-column:clients.company_name"), RENAMED)
    assert not covers(said("rename-column:clients.email"), EMAIL)
    assert covers(said("drop-table:a"), finding("rename-table", "a"))
    assert not covers(said("drop-column:a"), finding("rename-table", "a"))


def test_the_schema_public_may_be_written_or_not() -> None:
    assert covers(said("drop-column:public.clients.email"), EMAIL)
    assert covers(said('drop-column:"clients"."email"'), EMAIL)
    assert not covers(said("drop-column:auth.clients.email"), EMAIL)
    assert not covers(said("drop-column:clients"), EMAIL)
    assert not covers(said("drop-column:Clients.email"), EMAIL)


def test_a_place_is_named_as_it_is_written() -> None:
    found = finding("unreadable-schema", place="my db/a b.ts#clients")
    assert covers(said("unreadable-schema:my db/a b.ts#clients"), found)
    assert not covers(said("unreadable-schema:my db/a b.ts"), found)
    odd = finding("unreadable-schema", place='a, "b" -- c*.ts')
    assert covers(said(word(odd)), odd)


def test_the_nearest_names_are_shown() -> None:
    findings = [EMAIL, RENAMED, finding("drop-column", "users", "phone")]
    assert nearest(said("drop-column:email"), findings) == ["drop-column:clients.email"]
    assert nearest(said("drop-column:clients.emial"), findings) == [
        "drop-column:clients.email"
    ]
    assert nearest(said("drop-table:clients.email"), findings)[0] == (
        "drop-column:clients.email"
    )
    assert nearest(said("drop-table:zzzzzzzzzzzz"), findings) == []


NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


@given(st.sampled_from(RULES), st.lists(NAMES, min_size=1, max_size=3))
def test_the_printed_word_allows_the_finding_whatever_its_name(
    rule: str, parts: list[str]
) -> None:
    found = finding(rule, *parts)
    overrides = list(parse(word(found), "--allow", RULES))
    assert len(overrides) == 1
    assert covers(overrides[0], found)


@given(NAMES.filter(lambda each: each.strip() == each))
def test_the_printed_word_allows_the_place_whatever_its_path(place: str) -> None:
    found = finding("unreadable-schema", place=place)
    overrides = list(parse(word(found), "--allow", ("unreadable-schema",)))
    assert len(overrides) == 1
    assert covers(overrides[0], found)
