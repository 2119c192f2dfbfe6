"""What GitHub tells a build of each event, with the keys that its pages list.

https://docs.github.com/webhooks/webhook-events-and-payloads for the event file,
https://docs.github.com/actions/reference/workflows-and-actions/variables and
.../events-that-trigger-workflows for the variables. What nobody could read a base
from (owners, senders, links) is left out.
"""

import json
from collections.abc import Mapping

from tests.repositories import Sandbox

ZERO = "0" * 40
_REPOSITORY = {"full_name": "octo-org/octo-repo", "default_branch": "main"}


def event(
    sandbox: Sandbox, name: str, ref: str, data: Mapping[str, object], **more: str
) -> dict[str, str]:
    """Write an event file; return the variables of GitHub that go with it."""
    path = sandbox.path.parent / "event.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": name,
        "GITHUB_EVENT_PATH": str(path),
        "GITHUB_REF": ref,
        "GITHUB_REF_NAME": ref.removeprefix("refs/heads/").removeprefix("refs/tags/"),
        "GITHUB_BASE_REF": "",
        "GITHUB_HEAD_REF": "",
    } | more


def push(
    sandbox: Sandbox, ref: str, before: str, after: str, *, forced: bool = False
) -> dict[str, str]:
    """A branch or tag was created (`before` is zeros), moved or deleted."""
    data = {
        "ref": ref,
        "before": before,
        "after": after,
        "repository": _REPOSITORY,
        "created": before == ZERO,
        "deleted": after == ZERO,
        "forced": forced,
        "base_ref": None,
        "commits": [],
        "head_commit": None if after == ZERO else {"id": after},
    }
    return event(sandbox, "push", ref, data)


def pull_request(
    sandbox: Sandbox, base: str, head: str, merge: str, *, name: str = "pull_request"
) -> dict[str, str]:
    """Pull request 1 asks to merge `feature`, at `head`, into `main`, at `base`."""
    data = {
        "action": "synchronize",
        "number": 1,
        "before": ZERO[:-1] + "1",  # the request's last head, forced away since
        "after": head,
        "pull_request": {
            "number": 1,
            "state": "open",
            "merge_commit_sha": merge,
            "head": {"ref": "feature", "sha": head},
            "base": {"ref": "main", "sha": base},
        },
        "repository": _REPOSITORY,
    }
    ref = "refs/pull/1/merge" if name == "pull_request" else "refs/heads/main"
    branches = {"GITHUB_BASE_REF": "main", "GITHUB_HEAD_REF": "feature"}
    return event(sandbox, name, ref, data, **branches)


def merge_group(sandbox: Sandbox, into: str, base: str, head: str) -> dict[str, str]:
    """The merge queue tries a group for a branch; `base` is the group's parent."""
    ref = f"refs/heads/gh-readonly-queue/{into}/pr-1-{base}"
    data = {
        "action": "checks_requested",
        "merge_group": {
            "head_sha": head,
            "head_ref": ref,
            "base_sha": base,
            "base_ref": f"refs/heads/{into}",
            "head_commit": {"id": head},
        },
        "repository": _REPOSITORY,
    }
    return event(sandbox, "merge_group", ref, data)


def by_hand(sandbox: Sandbox, ref: str) -> dict[str, str]:
    """Somebody pressed "Run workflow" for a branch or tag."""
    data = {"inputs": None, "ref": ref, "repository": _REPOSITORY, "workflow": "w.yml"}
    return event(sandbox, "workflow_dispatch", ref, data)


def by_clock(sandbox: Sandbox) -> dict[str, str]:
    """A schedule runs for the last commit of the default branch."""
    data = {"schedule": "30 5 * * 1", "repository": _REPOSITORY, "workflow": "w.yml"}
    return event(sandbox, "schedule", "refs/heads/main", data)
