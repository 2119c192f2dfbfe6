"""The least that any tool of this kind must do: load its libraries and parse.

It imports GitPython and tree-sitter, reads every TypeScript file below `schema/` or
`shared/` at two revisions, and parses it. Arguments: the two revisions.
"""

import sys

import tree_sitter_typescript
from git import Git
from tree_sitter import Language, Parser

parser = Parser(Language(tree_sitter_typescript.language_typescript()))
git = Git(".")
for revision in sys.argv[1:]:
    listed = str(git.execute(["git", "ls-tree", "-r", "--name-only", revision]))
    for path in listed.split("\n"):
        if path.endswith(".ts") and path.startswith(("schema/", "shared/")):
            parser.parse(git.get_object_data(f"{revision}:{path}")[3])
