"""What is compared where no hook protocol says it: by name, in CI, by memory."""

import hashlib

import pytest

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import INDEX, WORK_TREE
from schemadiff.git.environment import is_commit_hook
from schemadiff.git.pushed import NO_EARLIER
from tests.git.comparing import compared, pairs
from tests.repositories import Sandbox


class TestNamed:
    def test_both_revisions_may_be_named(self, pushed: Sandbox) -> None:
        pushed.git("tag", "--annotate", "--message", "one", "v1", "HEAD~1")
        (found,) = compared(pushed, "v1", "main")
        assert pairs([found]) == [(pushed.at("HEAD~1"), pushed.at("HEAD"))]
        assert found.base
        assert (found.base.label, found.head.label) == ("v1", "main")

    def test_a_base_that_head_lacks_is_compared_and_said(self, pushed: Sandbox) -> None:
        (found,) = compared(pushed, "main", "main~1")
        assert pairs([found]) == [(pushed.at("main"), pushed.at("main~1"))]
        assert found.note
        assert found.note.startswith("main has commits that main~1 lacks")
        (plain,) = compared(pushed, "main~1", "main")
        assert plain.note is None

    def test_anything_that_rev_parse_takes_is_a_revision(self, pushed: Sandbox) -> None:
        base = pushed.at("HEAD~1")
        pushed.git("tag", "--annotate", "--message", "one", "v1", base)
        pushed.git("update-ref", "refs/heads/-dashed", base)
        pushed.git("commit", "--quiet", "--amend", "--message", "Second")
        head = pushed.at("HEAD")
        for written in (
            *("HEAD^", "HEAD~1", "@~", "@{u}", "main@{upstream}", base[:8]),
            *(
                "v1",
                "v1^{commit}",
                ":/Change",
                "HEAD^{/Change}",
                "HEAD@{2}",
                "heads/-dashed",
            ),
        ):
            assert pairs(compared(pushed, written)) == [(base, head)]

    @pytest.mark.parametrize(
        "written",
        [
            "nowhere",
            "HEAD~9",
            "",
            "-h",
            "--all",
            "--output=x",
            "^HEAD",
            "a..b",
            "HEAD:schema.ts",
            "1" * 40,
            "HEAD\nHEAD",
        ],
    )
    def test_a_revision_that_is_not_there_is_an_error(
        self, pushed: Sandbox, written: str
    ) -> None:
        with pytest.raises(SchemadiffError, match="names no commit"):
            compared(pushed, written)
        with pytest.raises(SchemadiffError, match="names no commit"):
            compared(pushed, None, written)

    def test_the_beginning_of_several_ids_is_not_guessed_about(
        self, repository: Sandbox
    ) -> None:
        tree = repository.at(f"{repository.commit()}^{{tree}}")
        person = "Ada Example <ada@example.org> 1700000000 +0000"
        head = f"tree {tree}\nauthor {person}\ncommitter {person}\n\n"
        texts: dict[str, str] = {}
        for number in range(1 << 17):
            text = f"{head}{number}\n"
            data = f"commit {len(text)}\0{text}".encode()
            beginning = hashlib.sha1(data).hexdigest()[:4]
            if other := texts.get(beginning):
                break
            texts[beginning] = text
        for each in (text, other):
            repository.git("hash-object", "-t", "commit", "-w", "--stdin", given=each)
        with pytest.raises(SchemadiffError, match="is the beginning of 2 commits' ids"):
            compared(repository, beginning)

    def test_head_itself_is_no_base_where_history_is_cut_off(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("push", "--quiet", "origin", "main")
        shallow = pushed.clone("shallow", "--depth=1")
        for written in ("origin/main", "HEAD", "@{u}"):
            with pytest.raises(SchemadiffError, match="shallow") as raised:
                compared(shallow, written)
            assert raised.value.remedy
            assert "fetch-depth: 0" in raised.value.remedy

    def test_index_and_work_tree_are_compared_with_what_was_pushed(
        self, pushed: Sandbox
    ) -> None:
        base = pushed.at("origin/main")
        assert pairs(compared(pushed, None, INDEX)) == [(base, "INDEX")]
        assert pairs(compared(pushed, None, WORK_TREE)) == [(base, "WORKTREE")]
        assert pairs(compared(pushed, "HEAD", WORK_TREE)) == [
            (pushed.at("HEAD"), "WORKTREE")
        ]


class TestByMemory:
    def test_before_the_first_commit_there_is_nothing_to_judge(
        self, repository: Sandbox
    ) -> None:
        (found,) = compared(repository)
        assert (found.base, found.note) == (None, "no commit yet: nothing to judge")

    def test_without_a_remote_nothing_was_pushed(self, repository: Sandbox) -> None:
        repository.commit()
        (found,) = compared(repository)
        assert found.base is None
        assert found.note == "no remote: nothing has been pushed yet"

    def test_a_remote_that_was_never_pushed_to_has_nothing(
        self, repository: Sandbox
    ) -> None:
        repository.commit()
        repository.remote()
        (found,) = compared(repository)
        assert found.base is None
        assert found.note
        assert "nothing has been pushed to origin yet" in found.note

    def test_head_is_compared_with_what_was_pushed(self, pushed: Sandbox) -> None:
        (found,) = compared(pushed)
        assert pairs([found]) == [(pushed.at("origin/main"), pushed.at("HEAD"))]
        assert found.base
        assert (found.base.label, found.head.label) == ("origin/main", "HEAD")

    def test_a_branch_pushed_without_upstream_is_found_by_its_name(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("checkout", "--quiet", "-b", "feature")
        base = pushed.commit({"schema.ts": "3"})
        pushed.git("push", "--quiet", "origin", "feature")
        head = pushed.commit({"schema.ts": "4"})
        (found,) = compared(pushed)
        assert pairs([found]) == [(base, head)]
        assert found.base
        assert found.base.label == "origin/feature"

    def test_an_unpushed_branch_is_compared_with_where_it_left_main(
        self, pushed: Sandbox
    ) -> None:
        base = pushed.at("origin/main")
        pushed.git("checkout", "--quiet", "-b", "feature", "--track", "origin/main")
        head = pushed.commit({"schema.ts": "3"})
        assert pairs(compared(pushed)) == [(base, head)]

    def test_a_local_branch_that_is_followed_is_not_what_was_pushed(
        self, pushed: Sandbox
    ) -> None:
        base = pushed.at("origin/main")
        pushed.git("checkout", "--quiet", "-b", "feature", "--track", "main")
        head = pushed.commit({"schema.ts": "3"})
        for way in ("simple", "upstream"):
            pushed.git("config", "push.default", way)
            assert pairs(compared(pushed)) == [(base, head)]

    def test_someone_who_is_behind_is_not_blamed_for_what_others_pushed(
        self, pushed: Sandbox
    ) -> None:
        parted = pushed.at("origin/main")
        other = pushed.clone("other")
        other.commit({"other.ts": "1"})
        other.git("push", "--quiet", "origin", "main")
        pushed.git("fetch", "--quiet")
        (found,) = compared(pushed)
        assert pairs([found]) == [(parted, pushed.at("HEAD"))]
        assert found.note
        assert "origin/main has commits that HEAD lacks" in found.note

    def test_a_rollback_of_what_was_pushed_is_compared_tip_to_tip(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("push", "--quiet", "origin", "main")
        newer = pushed.at("HEAD")
        pushed.git("reset", "--quiet", "--hard", "HEAD~1")
        assert pairs(compared(pushed)) == [(newer, pushed.at("HEAD"))]

    def test_an_amended_commit_is_compared_with_the_pushed_one(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("push", "--quiet", "origin", "main")
        was = pushed.at("HEAD")
        pushed.write({"schema.ts": "3"})
        pushed.git("commit", "--quiet", "--all", "--amend", "-m", "Amended")
        assert pairs(compared(pushed)) == [(was, pushed.at("HEAD"))]

    def test_a_detached_head_is_compared_with_where_it_left_the_remote(
        self, pushed: Sandbox
    ) -> None:
        base = pushed.at("origin/main")
        pushed.git("checkout", "--quiet", "--detach")
        head = pushed.commit({"schema.ts": "3"})
        assert pairs(compared(pushed)) == [(base, head)]

    def test_in_the_middle_of_a_rebase_head_is_what_is_judged(
        self, pushed: Sandbox
    ) -> None:
        base = pushed.at("origin/main")
        pushed.commit({"schema.ts": "3"})
        pushed.git(
            "rebase",
            "--quiet",
            "--interactive",
            "HEAD~2",
            environ={"GIT_SEQUENCE_EDITOR": "sed -i.bak s/^pick/edit/"},
        )
        head = pushed.at("HEAD")
        assert pairs(compared(pushed)) == [(base, head)]

    def test_the_remote_that_is_pushed_to_decides(self, pushed: Sandbox) -> None:
        pushed.remote("mine")
        head = pushed.at("HEAD")
        pushed.git("push", "--quiet", "mine", "main")
        pushed.git("config", "remote.pushDefault", "mine")
        (found,) = compared(pushed)
        assert pairs([found]) == [(head, head)]
        assert found.base
        assert found.base.label == "mine/main"

    def test_head_is_never_compared_with_itself_where_history_is_cut_off(
        self, pushed: Sandbox
    ) -> None:
        pushed.git("push", "--quiet", "origin", "main")
        shallow = pushed.clone("shallow", "--depth=1")
        (found,) = compared(shallow)
        assert found.base is None
        assert found.note
        assert found.note.startswith(f"{NO_EARLIER}: this clone is shallow")
        with pytest.raises(SchemadiffError, match="shallow"):
            compared(shallow, environ={"CI": "true"})


class TestPreCommit:
    def test_its_variables_count_only_with_its_mark(self, pushed: Sandbox) -> None:
        first, head = pushed.at("HEAD~1"), pushed.at("HEAD")
        pushed.git("push", "--quiet", "origin", "main")
        environ = {"PRE_COMMIT_FROM_REF": "HEAD~1", "PRE_COMMIT_TO_REF": "HEAD"}
        assert pairs(compared(pushed, environ=environ)) == [(head, head)]
        environ["PRE_COMMIT"] = "1"
        assert pairs(compared(pushed, environ=environ)) == [(first, head)]

    def test_a_name_beats_its_variables(self, pushed: Sandbox) -> None:
        environ = {
            "PRE_COMMIT": "1",
            "PRE_COMMIT_FROM_REF": "HEAD",
            "PRE_COMMIT_TO_REF": "HEAD",
        }
        found = compared(pushed, "HEAD~1", environ=environ)
        assert pairs(found) == [(pushed.at("HEAD~1"), pushed.at("HEAD"))]

    def test_git_commit_is_told_from_a_push(self) -> None:
        assert is_commit_hook({"GIT_INDEX_FILE": ".git/index", "PRE_COMMIT": "1"})
        assert is_commit_hook({"GIT_INDEX_FILE": ".git/index"})
        assert not is_commit_hook({"PRE_COMMIT": "1"})
        assert not is_commit_hook(
            {"GIT_INDEX_FILE": "mine", "PRE_COMMIT_REMOTE_NAME": "origin"}
        )
