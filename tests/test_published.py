"""`--base published`: what production was published from."""

import pytest

from tests.ci.running import CONFIG, DROPPED, SCHEMA, WIDER, Done, check
from tests.repositories import Sandbox

TITLE = "Published your App"
WORD = "Schemadiff-Allow: drop-column clients.email -- exported today"
GATE = {".replit": '[deployment]\nbuild = ["sh", "-c", "schemadiff check"]\n'}
EMAIL = "every value of clients.email would be lost"


@pytest.fixture
def app(repository: Sandbox) -> Sandbox:
    """An app that was published once, with clients.email."""
    repository.commit({"drizzle.config.ts": CONFIG, "schema.ts": SCHEMA}, "Begin")
    repository.commit(message=TITLE)
    return repository


def judged(app: Sandbox, *arguments: str) -> Done:
    return check(app, {}, "--base", "published", *arguments)


def base(done: Done) -> str:
    """Return the commit that the last sentence says was published."""
    return done.line.partition("compared with published ")[2].partition(":")[0]


def test_head_is_compared_with_the_last_publish(app: Sandbox) -> None:
    publish = app.at("HEAD")
    app.commit({"schema.ts": DROPPED})
    done = judged(app)
    assert (done.code, base(done)) == (1, publish[:9])
    assert f"(published {publish[:9]})" in done.out


def test_a_publish_that_is_head_itself_is_what_is_judged(app: Sandbox) -> None:
    publish = app.at("HEAD")
    app.commit({"schema.ts": DROPPED})
    app.commit(message=TITLE)
    done = judged(app)
    assert (done.code, base(done)) == (1, publish[:9])


def test_what_is_not_committed_is_compared_with_head_if_that_is_a_publish(
    app: Sandbox,
) -> None:
    app.write({"schema.ts": DROPPED})
    for head in ("WORKTREE", "INDEX"):
        app.git("add", "--all")
        done = judged(app, "--head", head)
        assert (done.code, base(done)) == (1, app.at("HEAD")[:9])


def test_a_publish_that_was_stopped_counts_for_nothing(app: Sandbox) -> None:
    publish = app.at("HEAD")
    app.commit({"schema.ts": DROPPED})
    app.commit(message=TITLE)
    app.commit({"a.ts": "1"})
    done = judged(app)
    assert (done.code, base(done)) == (1, publish[:9])
    assert EMAIL in done.out


def test_a_publish_whose_loss_was_allowed_counts(app: Sandbox) -> None:
    app.commit({"schema.ts": DROPPED}, f"Drop it\n\n{WORD}")
    publish = app.commit(message=TITLE)
    app.commit({"a.ts": "1"})
    done = judged(app)
    assert (done.code, base(done)) == (0, publish[:9])


def test_a_clean_publish_after_a_loss_counts(app: Sandbox) -> None:
    """Nobody is blamed for what was deployed before the check was there."""
    app.commit({"schema.ts": DROPPED})
    app.commit(message=TITLE)
    app.commit({"a.ts": "1"})
    publish = app.commit(message=TITLE)
    app.commit({"a.ts": "2"})
    done = judged(app)
    assert (done.code, base(done)) == (0, publish[:9])


def test_publishing_again_what_the_check_stopped_does_not_make_it_deployed(
    app: Sandbox,
) -> None:
    app.commit(GATE)
    publish = app.commit(message=TITLE)
    app.commit({"schema.ts": DROPPED})
    for number in range(3):
        app.commit({"a.ts": str(number)})
        app.commit(message=TITLE)
        done = judged(app)
        assert (done.code, base(done)) == (1, publish[:9])
    app.commit({"schema.ts": SCHEMA}, "Take it back")
    kept = app.commit(message=TITLE)
    app.commit({"schema.ts": DROPPED})
    done = judged(app)
    assert (done.code, base(done)) == (1, kept[:9])


def test_a_word_given_after_the_check_stopped_it_deploys_it(app: Sandbox) -> None:
    app.commit(GATE)
    app.commit(message=TITLE)
    app.commit({"schema.ts": DROPPED})
    app.commit(message=TITLE)
    app.commit({}, f"It is meant\n\n{WORD}")
    assert judged(app).code == 0
    publish = app.commit(message=TITLE)
    app.commit({"a.ts": "1"})
    done = judged(app)
    assert (done.code, base(done)) == (0, publish[:9])


def test_the_first_publish_has_nothing_before_it(app: Sandbox) -> None:
    done = judged(app)
    assert (done.code, done.line) == (
        0,
        "schemadiff: HEAD is the first publish: nothing was deployed before",
    )


def test_without_a_publish_nothing_could_be_judged(app: Sandbox) -> None:
    done = judged(app, "--head", "HEAD~1")
    assert done.code == 2
    assert done.err.startswith(
        f"schemadiff: there is no commit titled '{TITLE}' before HEAD~1\n"
    )


def test_settings_say_what_a_publish_is_titled(app: Sandbox) -> None:
    app.commit({"schemadiff.toml": 'published = "release: *"\n'})
    publish = app.commit({"schema.ts": WIDER}, "release: 2")
    app.commit(message=TITLE)
    app.commit({"a.ts": "1"})
    done = judged(app)
    assert (done.code, base(done)) == (0, publish[:9])


def test_settings_say_which_tags_are_publishes(app: Sandbox) -> None:
    app.git("tag", "v1")
    app.commit({"schemadiff.toml": 'published-tag = "v*"\n'})
    app.git("tag", "--annotate", "--message", "two", "v2")
    app.git("tag", "other")
    app.commit({"schema.ts": DROPPED})
    done = judged(app)
    assert done.code == 1
    assert done.line.startswith("schemadiff: HEAD compared with v2: 1 error")
    app.git("tag", "--delete", "v1", "v2")
    done = judged(app)
    assert done.code == 2
    assert "there is no tag 'v*' before HEAD" in done.err


def test_old_settings_that_nobody_understands_stop_no_search(app: Sandbox) -> None:
    publish = app.at("HEAD")
    app.commit({"schemadiff.toml": "strange = 1\n"})
    app.commit(message=TITLE)
    app.commit({"schemadiff.toml": None, "schema.ts": DROPPED})
    done = judged(app)
    assert (done.code, base(done)) == (1, publish[:9])


def test_a_shallow_clone_never_guesses(app: Sandbox) -> None:
    app.remote()
    app.commit({"a.ts": "1"})
    app.commit(message=TITLE)
    app.commit({"a.ts": "2"})
    app.git("push", "--quiet", "origin", "main")
    for depth in (1, 2):
        shallow = app.clone(f"shallow-{depth}", f"--depth={depth}")
        done = judged(shallow)
        assert done.code == 2
        assert "shallow, so it does not show what was published before" in done.err
        (line,) = done.err.splitlines()[1:]
        shallow.git(*line.partition("(")[0].split()[1:])
        assert judged(shallow).code == 0


def test_a_ref_of_that_name_is_not_guessed_about(app: Sandbox) -> None:
    app.git("branch", "published")
    done = judged(app)
    assert done.code == 2
    assert "write --base heads/published" in done.err
    app.commit({"schema.ts": DROPPED})
    done = check(app, {}, "--base", "heads/published")
    assert done.code == 1


def test_what_a_merged_branch_calls_a_publish_is_none(app: Sandbox) -> None:
    publish = app.at("HEAD")
    app.git("checkout", "--quiet", "-b", "feature")
    app.commit({"schema.ts": DROPPED}, TITLE)
    app.git("checkout", "--quiet", "main")
    app.commit({"a.ts": "1"})
    app.merge("feature")
    done = judged(app)
    assert (done.code, base(done)) == (1, publish[:9])
