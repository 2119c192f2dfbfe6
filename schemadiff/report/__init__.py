"""Reports in the formats people and machines read: one renderer per file."""
