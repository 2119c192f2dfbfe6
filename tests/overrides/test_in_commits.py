"""Overrides that travel with the commits, in everything that carries a commit."""

import pytest

from schemadiff.git.comparison import Comparison, Revision
from schemadiff.git.repository import Repository
from schemadiff.judgement import Request, judge_all
from tests.ci.events import pull_request, push
from tests.ci.running import CONFIG, DROPPED, SCHEMA, Done, Host, check
from tests.repositories import Sandbox

KEY = "Schemadiff-Allow"
WORD = f"{KEY}: drop-column clients.email — exported today"
ALLOWED = "allowed[drop-column] every value of clients.email would be lost"
BLOCKED = "error[drop-column] every value of clients.email would be lost"
LATER = "export const later = 1;\n"


SQUASHED = {
    "a pull request's one commit": f"Drop it (#7)\n\nWhy.\n\n{WORD}",
    "every message, as GitHub writes them": (
        f"Drop it (#7)\n\n* Begin a feature\n\n* Drop it\n\nWhy.\n\n{WORD}\n\n"
        "* End it\n\n---------\n\nCo-authored-by: Bob <bob@example.org>"
    ),
    "every message, as GitLab writes them": (
        f"Merge branch 'feature'\n\n* Begin a feature\n\n* Drop it\n\nWhy.\n\n{WORD}"
        "\n\n* End it\n\nSee merge request group/app!7"
    ),
    "every message, in a list": (
        "Merged in feature (pull request #7)\n\n* Begin a feature\n* Drop it\n\n"
        f"  Why.\n\n  {WORD}\n* End it\n\nApproved-by: Bob"
    ),
    "in a list itself": f"Squash\n\n- {WORD}\n- Signed-off-by: Ada",
    "in a list, indented": f"Squash\n\n  + {WORD}",
}


def said(done: Done) -> str:
    return " ".join(done.out.split())


@pytest.fixture
def app(repository: Sandbox) -> Sandbox:
    """A pushed project, and a branch at the same commit that drops a column."""
    repository.commit({"drizzle.config.ts": CONFIG, "schema.ts": SCHEMA}, "Begin")
    repository.remote()
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    repository.git("checkout", "--quiet", "-b", "feature")
    repository.commit({"a.ts": "1"}, "Begin a feature")
    repository.commit({"schema.ts": DROPPED}, f"Drop it\n\nWhy.\n\n{WORD}")
    repository.commit({"a.ts": "2"}, "End it")
    return repository


def on_main(app: Sandbox, *command: str) -> str:
    """Move on the trunk, then run a command of Git there; return the new commit."""
    app.git("checkout", "--quiet", "main")
    app.commit({"b.ts": "1"})
    app.git("push", "--quiet", "origin", "main")
    app.git(*command)
    return app.at("HEAD")


class TestCarried:
    def test_by_the_commit_itself_with_its_id_its_author_and_the_reason(
        self, app: Sandbox
    ) -> None:
        done = check(app, {}, "--base", "origin/main")
        assert done.code == 0
        assert ALLOWED in done.out
        commit = app.at("HEAD~1")[:9]
        who = f"{KEY} in {commit} by Ada Example <ada@example.org>"
        assert f"by {who} \N{EM DASH} exported today" in said(done)

    def test_to_what_is_not_committed_on_top_of_it(self, app: Sandbox) -> None:
        for head in ("WORKTREE", "INDEX"):
            done = check(app, {}, "--base", "origin/main", "--head", head)
            assert (done.code, ALLOWED in done.out) == (0, True)
        app.git("checkout", "--quiet", "HEAD~2")
        app.write({"schema.ts": DROPPED})
        done = check(app, {}, "--base", "origin/main", "--head", "WORKTREE")
        assert (done.code, BLOCKED in done.out) == (1, True)

    def test_by_a_merge(self, app: Sandbox) -> None:
        on_main(app, "merge", "--quiet", "--no-ff", "--no-edit", "feature")
        assert ALLOWED in check(app, {}).out

    def test_by_a_fast_forward(self, app: Sandbox) -> None:
        app.git("checkout", "--quiet", "main")
        app.git("merge", "--quiet", "--ff-only", "feature")
        assert ALLOWED in check(app, {}).out

    def test_by_a_rebase(self, app: Sandbox) -> None:
        on_main(app, "checkout", "--quiet", "feature")
        app.git("rebase", "--quiet", "main")
        assert ALLOWED in check(app, {}, "--base", "origin/main").out

    def test_by_a_cherry_pick(self, app: Sandbox) -> None:
        picked = on_main(app, "cherry-pick", "feature~1")
        done = check(app, {})
        assert ALLOWED in done.out
        assert f"{KEY} in {picked[:9]} by" in said(done)

    def test_by_the_squash_that_git_makes(self, app: Sandbox) -> None:
        """Git indents whole messages by four blanks in its SQUASH_MSG."""
        app.git("config", "core.commentChar", ";")
        on_main(app, "merge", "--quiet", "--squash", "feature")
        app.git("commit", "--quiet", "--no-edit")
        assert f"\n    {WORD}\n" in app.git("log", "-1", "--format=%B")
        assert ALLOWED in check(app, {}).out

    @pytest.mark.parametrize("body", SQUASHED.values(), ids=SQUASHED)
    def test_by_the_squash_of_a_host(self, app: Sandbox, body: str) -> None:
        on_main(app, "merge", "--quiet", "--squash", "feature")
        app.git("commit", "--quiet", "--cleanup=verbatim", "--message", body)
        done = check(app, {})
        assert ALLOWED in done.out
        assert "exported today error" not in said(done)
        assert "exported today note: " in said(done)

    def test_into_every_build(self, host: Host) -> None:
        host.push("feature")
        host.sandbox.commit(message=f"Say why\n\n{WORD}")
        host.sandbox.git("push", "--quiet", "origin", "feature")
        head, merge = host.sandbox.at("feature"), host.merged()
        checkout = host.checked_out("refs/pull/1/merge", merge)
        environ = pull_request(checkout, host.main, head, merge)
        done = check(checkout, environ)
        assert (done.code, ALLOWED in done.out) == (0, True)
        host.sandbox.git("merge", "--quiet", "--ff-only", merge)
        host.sandbox.git("push", "--quiet", "origin", "main")
        pushed = push(checkout, "refs/heads/main", host.main, merge)
        assert ALLOWED in check(checkout, pushed).out


class TestReach:
    def test_the_same_loss_later_needs_a_new_word(self, app: Sandbox) -> None:
        app.git("push", "--quiet", "origin", "feature")
        app.commit({"schema.ts": SCHEMA}, "Take it back")
        app.git("push", "--quiet", "origin", "feature")
        app.commit({"schema.ts": DROPPED}, "Drop it again")
        assert BLOCKED in check(app, {}).out
        app.commit({}, f"It is meant once more\n\n{WORD}")
        assert ALLOWED in check(app, {}).out

    def test_a_word_names_one_unreadable_place(self, app: Sandbox) -> None:
        app.git("checkout", "--quiet", "main")
        table = (
            'export const {0} = pgTable(process.env.{0}!, {{ id: serial("id") }});\n'
        )
        unknown = "".join(map(table.format, ("one", "two")))
        word = f"{KEY}: unreadable-schema schema.ts#one — it is only a log"
        app.commit({"schema.ts": SCHEMA + unknown}, f"Add\n\n{word}")
        done = check(app, {})
        assert done.code == 1
        assert "allowed[unreadable-schema] schema.ts#one " in done.out
        assert "error[unreadable-schema] schema.ts#two " in done.out

    def test_blanks_in_a_quoted_name_are_part_of_it(self, app: Sandbox) -> None:
        app.git("checkout", "--quiet", "main")
        odd = SCHEMA.replace('"email"', '"e  mail, -- x"')
        app.commit({"schema.ts": odd})
        app.git("push", "--quiet", "origin", "main")
        word = f'{KEY}: drop-column clients."e  mail, -- x" — exported,\n  all of it'
        app.commit({"schema.ts": DROPPED}, f"Drop it\n\n{word}")
        done = check(app, {})
        assert done.code == 0
        assert "exported, all of it" in said(done)


class TestNotUsed:
    def test_what_allows_nothing_is_reported_with_the_nearest_name(
        self, app: Sandbox
    ) -> None:
        app.git("commit", "--quiet", "--amend", "--message", "End it")
        app.git("checkout", "--quiet", "main")
        wrong = WORD.replace("clients.email", "client.email")
        app.commit({"schema.ts": DROPPED}, f"Drop it\n\n{wrong}")
        done = check(app, {})
        assert done.code == 1
        assert f"drop-column:client.email ({KEY} in " in said(done)
        assert "did you mean drop-column:clients.email?" in done.out

    def test_a_push_that_changes_no_schema_reports_it_too(self, app: Sandbox) -> None:
        app.git("checkout", "--quiet", "main")
        for files in ({"a.md": "1"}, {"b.ts": LATER}):
            app.commit(files, f"Change something else\n\n{WORD}")
        done = check(app, {})
        assert done.code == 0
        assert said(done).count("allows nothing: no finding has that name") == 2
        assert done.line.endswith("no change that would lose data")

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("drop-column clients.email", "gives no reason"),
            ("drop-column clients.email -- REASON", "gives no reason"),
            ("", "it names nothing"),
            ("everything — please", "'everything' is not an override"),
            ("drop-column clients.* — all", "holds a wildcard"),
            ('drop-column "clients.email — x', "a double quote is not closed"),
        ],
    )
    def test_what_is_malformed_allows_nothing_and_shows_the_form(
        self, app: Sandbox, text: str, complaint: str
    ) -> None:
        app.git("checkout", "--quiet", "main")
        app.commit({"schema.ts": DROPPED}, f"Drop it\n\n{KEY}: {text}")
        done = check(app, {})
        assert done.code == 1
        assert complaint in said(done)
        form = f"it allows nothing; the form is {KEY}: RULE SUBJECT — reason"
        assert form in said(done)

    def test_an_unknown_rule_shows_the_nearest(self, app: Sandbox) -> None:
        app.git("checkout", "--quiet", "main")
        text = "drop-colum clients.email — exported"
        app.commit({"schema.ts": DROPPED}, f"Drop it\n\n{KEY}: {text}")
        done = check(app, {})
        assert done.code == 1
        assert "it allows nothing; did you mean drop-column" in said(done)

    def test_of_several_refs_each_has_its_own(self, app: Sandbox) -> None:
        """What one ref's commits allow is not called unused for the other's sake."""
        app.git("checkout", "--quiet", "-b", "other", "main")
        app.commit({"a.md": "1"}, f"Say it for nothing\n\n{WORD.replace('email', 'x')}")
        opened = Repository.open(app.path)
        base = Revision(app.at("main"), "origin/main")
        comparisons = [
            Comparison(base, Revision(app.at(each), each), None, "origin", each)
            for each in ("feature", "other")
        ]
        code, text = judge_all(opened, comparisons, Request({}))
        opened.close()
        assert code == 0
        assert text.count("allows nothing") == 1
        assert "drop-column:clients.x (" in " ".join(text.split())


def test_a_shallow_clone_says_what_it_may_not_have_seen(host: Host) -> None:
    host.push("main", {"schema.ts": DROPPED})
    host.sandbox.git("commit", "--quiet", "--amend", "--message", f"Drop it\n\n{WORD}")
    host.sandbox.git("push", "--quiet", "--force", "origin", "main")
    _, after = host.push("main", {"a.ts": "1"})
    checkout = host.checked_out("refs/heads/main", after, depth=1)
    checkout.git("fetch", "--quiet", "--depth=1", "origin", host.main)
    environ = push(checkout, "refs/heads/main", host.main, after)
    done = check(checkout, environ)
    assert done.code == 1
    assert f"shallow: a {KEY} in a commit that is not here was not seen" in said(done)
    checkout.git("fetch", "--quiet", "--unshallow")
    done = check(checkout, environ)
    assert (done.code, "shallow" in done.out) == (0, False)


def test_a_build_is_told_what_to_write_into_a_commit(host: Host) -> None:
    checkout = host.cloned("feature")
    done = check(checkout, {"CI": "true"})
    line = f"{KEY}: drop-column clients.email -- REASON"
    assert f"message of a commit of this change:\n        {line}\n" in done.out
    assert done.line.endswith("blocked; if it is meant, see meant?")
    checkout.commit(message=f"Allow it\n\n{line.replace('REASON', 'exported')}")
    assert check(checkout, {"CI": "true"}).code == 0
