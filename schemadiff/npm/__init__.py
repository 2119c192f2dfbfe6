"""package.json, lockfiles and workspaces: which package stands where."""
