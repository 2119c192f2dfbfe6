"""Random histories of a project whose schema is one table: its columns are the state.

A history is played step by step. Commits are made of objects alone, in a real
repository; merges and rebases do to the set of columns what Git does to lines. What
is pushed goes to a bare remote, and what a hook would be told is judged before.
"""

import contextlib
import hashlib
import io
import json
import os
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from schemadiff.cli import main
from tests.repositories import CLOCK, Sandbox

TRUNK = "main"
COLUMNS = "abcdefgh"
CONFIG = """\
import { defineConfig } from "drizzle-kit";
export default defineConfig({ dialect: "postgresql", schema: "./schema.ts" });
"""

Columns = frozenset[str]


@dataclass(frozen=True, eq=False, repr=False)
class Commit:
    """A commit, what it did to the columns of its first parent, and all before it."""

    oid: str
    parents: tuple["Commit", ...]
    columns: Columns
    picked: "Commit | None" = None
    above: frozenset["Commit"] = frozenset()

    def __repr__(self) -> str:
        parents = ",".join(each.oid[:7] for each in self.parents)
        return f"<{self.oid[:7]} ({parents}) {''.join(sorted(self.columns))}>"

    @property
    def added(self) -> Columns:
        return self.columns - self._before

    @property
    def removed(self) -> Columns:
        return self._before - self.columns

    @property
    def _before(self) -> Columns:
        return self.parents[0].columns if self.parents else frozenset()

    @property
    def line(self) -> list["Commit"]:
        """The commits of first parents, this one first."""
        return [self, *(self.parents[0].line if self.parents else ())]


@dataclass(frozen=True)
class Push:
    """One push of a branch, and the columns whose loss it was told of.

    `moved` are those that went when the branch was reset, `forced` those that may have
    gone because it was rebased onto a trunk that had been.
    """

    number: int
    branch: str
    before: Commit | None
    after: Commit
    trunk: Commit | None
    moved: Columns
    forced: Columns
    reported: Columns
    excused: Columns

    @property
    def lost(self) -> Columns:
        return self.before.columns - self.after.columns if self.before else frozenset()


class History:
    """A repository, a bare remote, and dice that decide what happens next."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.sandbox = Sandbox(folder / "app")
        self.bare = self.sandbox.remote()
        self.dice = random.Random(seed)  # noqa: S311 - the same history every time
        self.protected = self.dice.choice([(), (TRUNK, "release")])
        self._seconds, self._made = CLOCK, 0
        self._trees: dict[Columns, bytes] = {}
        start = frozenset(self.dice.sample(COLUMNS, 5))
        self.local = {TRUNK: self.made((), start)}
        self.remote: dict[str, Commit] = {}
        self.trunks: list[Commit] = []  # every tip that the remote's trunk had
        self.moved: dict[str, Columns] = {}
        self.forced: dict[str, Columns] = {}

    @property
    def deployed(self) -> tuple[str, ...]:
        return self.protected or (TRUNK,)

    def play(self, steps: int) -> Iterator[Push]:
        """Let so many things happen, and yield every push."""
        yield self.pushed(TRUNK, 0)
        for number in range(1, steps):
            self.step()
            if self.dice.random() < 0.6:
                branch = self.dice.choice(sorted(self.local))
                if self.remote.get(branch) is not self.local[branch]:
                    yield self.pushed(branch, number)

    def step(self) -> None:
        """Let one thing happen to one branch."""
        branch = self.dice.choice(sorted(self.local))
        if branch == TRUNK:
            names = ["drop", "drop", "add", "other", "take", "take", "undo", "back"]
        else:
            names = ["drop", "add", "other", "merge", "merge", "rebase", "rebase"]
            names += ["pick", "undo", "back", "branch", "stack"]
        if len(self.local) < 3:
            names += ["branch"] * 4
        name = self.dice.choice(names)
        getattr(self, f"_{name}")(branch, self.local[branch])

    def _drop(self, branch: str, tip: Commit) -> None:
        if tip.columns:
            gone = self.dice.choice(sorted(tip.columns))
            self.local[branch] = self.made((tip,), tip.columns - {gone})

    def _add(self, branch: str, tip: Commit) -> None:
        new = self.dice.choice(COLUMNS)
        self.local[branch] = self.made((tip,), tip.columns | {new})

    def _other(self, branch: str, tip: Commit) -> None:
        self.local[branch] = self.made((tip,), tip.columns)

    def _undo(self, branch: str, tip: Commit) -> None:
        """Revert one of the last commits."""
        undone = self.dice.choice(tip.line[:3])
        if len(undone.parents) == 1:
            columns = (tip.columns | undone.removed) - undone.added
            self.local[branch] = self.made((tip,), columns)

    def _back(self, branch: str, tip: Commit) -> None:
        """Reset the branch to an older commit."""
        self._moved(branch, self.dice.choice(tip.line[:4]))

    def _moved(self, branch: str, to: Commit) -> None:
        left = [self.local[branch], self.remote.get(branch, to)]
        lost = frozenset().union(*(each.columns for each in left)) - to.columns
        self.moved[branch] = self.moved.get(branch, frozenset()) | lost
        self.local[branch] = to

    def _branch(self, branch: str, tip: Commit) -> None:
        del branch, tip
        name = self.dice.choice(["release", "one", "two", "three"])
        if TRUNK in self.remote and name not in self.local:
            self.local[name] = self.remote[TRUNK]

    def _stack(self, branch: str, tip: Commit) -> None:
        name = self.dice.choice(["four", "five"])
        if branch != TRUNK and name not in self.local:
            self.local[name] = tip

    def _merge(self, branch: str, tip: Commit) -> None:
        """Merge, or squash, what the remote's trunk has."""
        trunk = self.remote.get(TRUNK)
        if trunk is not None and trunk not in tip.above:
            parents = self.dice.choice([(tip, trunk), (tip, trunk), (tip,)])
            columns = merged(tip, trunk)
            picked = None if len(parents) > 1 else trunk
            self.local[branch] = self.made(parents, columns, picked)

    def _rebase(self, branch: str, tip: Commit) -> None:
        """Replay what the branch has beyond the remote's trunk on top of that.

        `git pull --rebase` looks at the reflog, and leaves out what the trunk once had.
        """
        trunk = self.remote.get(TRUNK)
        if trunk is None:
            return
        known = trunk.above
        if self.dice.random() < 0.5:
            known = known.union(*(each.above for each in self.trunks))
            gone = tip.columns - trunk.columns
            self.forced[branch] = self.forced.get(branch, frozenset()) | gone
        elif trunk in tip.above:
            return
        beyond = [each for each in tip.above if each not in known]
        for each in sorted(beyond, key=lambda commit: len(commit.above)):
            if len(each.parents) == 1:
                columns = (trunk.columns | each.added) - each.removed
                trunk = self.made((trunk,), columns, each.picked)
        self.local[branch] = trunk

    def _pick(self, branch: str, tip: Commit) -> None:
        """Cherry-pick one of the trunk's last commits."""
        trunk = self.remote.get(TRUNK)
        picked = self.dice.choice(trunk.line[:3]) if trunk else None
        if picked is not None and len(picked.parents) == 1:
            columns = (tip.columns | picked.added) - picked.removed
            self.local[branch] = self.made((tip,), columns, picked)

    def _take(self, branch: str, tip: Commit) -> None:
        """Merge, squash or fast-forward a branch into the trunk."""
        others = sorted(set(self.local) - {branch})
        if others:
            other = self.local[self.dice.choice(others)]
            if tip in other.above and self.dice.random() < 0.5:
                self.local[branch] = other
            elif other not in tip.above:
                parents = self.dice.choice([(tip, other), (tip,)])
                self.local[branch] = self.made(parents, merged(tip, other))

    def made(
        self,
        parents: tuple[Commit, ...],
        columns: Columns,
        picked: Commit | None = None,
    ) -> Commit:
        """Write a commit; `picked` is the trunk's commit that it repeats, if any."""
        self._seconds += self.dice.choice([0, 60])
        self._made += 1  # no two commits are the same
        person = f"Ada Example <ada@example.org> {self._seconds} +0000"
        lines = [f"tree {self._tree(columns).hex()}"]
        lines += [f"parent {each.oid}" for each in parents]
        lines += [f"author {person}", f"committer {person}", "", f"{self._made}\n"]
        oid = self._written("commit", "\n".join(lines).encode()).hex()
        above = frozenset().union(*(each.above for each in parents))
        made = Commit(oid, parents, columns, picked)
        object.__setattr__(made, "above", above | {made})
        return made

    def _tree(self, columns: Columns) -> bytes:
        if columns not in self._trees:
            files = {"drizzle.config.ts": CONFIG, "schema.ts": schema(columns)}
            if self.protected:
                files["schemadiff.toml"] = f"protect = {json.dumps(self.protected)}\n"
            data = b"".join(
                b"100644 %b\0%b" % (name.encode(), self._written("blob", text.encode()))
                for name, text in files.items()
            )
            self._trees[columns] = self._written("tree", data)
        return self._trees[columns]

    def _written(self, kind: str, data: bytes) -> bytes:
        whole = b"%b %d\0%b" % (kind.encode(), len(data), data)
        digest = hashlib.sha1(whole, usedforsecurity=False)
        name = digest.hexdigest()
        path = self.sandbox.path / ".git" / "objects" / name[:2] / name[2:]
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(zlib.compress(whole, 1))
        return digest.digest()

    def pushed(self, branch: str, number: int) -> Push:
        """Judge a push as the hook would, and then push."""
        before, after = self.remote.get(branch), self.local[branch]
        ref = f"refs/heads/{branch}"
        line = f"{ref} {after.oid} {ref} {before.oid if before else '0' * 40}\n"
        reported, excused = self._judged(line)
        push = Push(
            number, branch, before, after, self.remote.get(TRUNK),
            self.moved.pop(branch, frozenset()), self.forced.pop(branch, frozenset()),
            reported, excused,
        )  # fmt: skip
        self.sandbox.git("push", "--quiet", "--force", "origin", f"{after.oid}:{ref}")
        self.remote[branch] = after
        if branch == TRUNK:
            self.trunks.append(after)
        return push

    def _judged(self, line: str) -> tuple[Columns, Columns]:
        given = SimpleNamespace(buffer=io.BytesIO(line.encode()))
        said = io.StringIO()
        with (
            mock.patch("sys.stdin", given),
            mock.patch.dict(os.environ, self.sandbox.environment, clear=True),
            contextlib.chdir(self.sandbox.path),
            contextlib.redirect_stdout(said),
        ):
            url = str(self.bare.path)
            code = main(["pre-push", "--format", "json", "origin", url])
        report = json.loads(said.getvalue())
        assert code == int(report["blocks"])
        found: dict[bool, set[str]] = {True: set(), False: set()}
        for comparison in report["comparisons"]:
            for project in comparison["projects"]:
                for each in project["findings"]:
                    assert each["effect"] == "destroys"
                    gone = found[each["excused"] is not None]
                    gone.add(each["subject"].removeprefix("items."))
        return frozenset(found[False]), frozenset(found[True])


def merged(one: Commit, other: Commit) -> Columns:
    """Return the columns of a merge: what both have, and what one has added."""
    shared = one.above & other.above
    newest = max(shared, key=lambda commit: len(commit.above)).columns
    return (one.columns & other.columns) | ((one.columns ^ other.columns) - newest)


def schema(columns: Columns) -> str:
    """Return a schema whose table has these columns, and one that always stays."""
    lines = "".join(f'  {name}: text("{name}"),\n' for name in sorted(columns))
    return (
        'import { pgTable, serial, text } from "drizzle-orm/pg-core";\n'
        'export const items = pgTable("items", {\n'
        f'  id: serial("id").primaryKey(),\n{lines}}});\n'
    )
