"""Which paths may have uncommitted changes, found out cheaply."""

from schemadiff.git.repository import Repository


def maybe_dirty(repository: Repository) -> list[str]:
    """Return the tracked paths that may differ from HEAD, by file times alone.

    Nothing is compared, so that no filter runs; `dirty_paths` tells for sure.
    """
    if repository.work_tree is None or repository.head() is None:
        return []
    git = repository.at_root()
    flags = ("--raw", "-z", "--name-only", "--no-renames", "--no-ext-diff")
    staged = git.run("diff-index", "--cached", *flags, "HEAD", "--")
    unstaged = git.run("diff-files", *flags, "--ignore-submodules", "--")
    return sorted({*staged.fields(), *unstaged.fields()})
