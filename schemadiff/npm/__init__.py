"""package.json, lockfiles and workspaces: which package stands where, at which version."""
