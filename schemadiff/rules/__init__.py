"""Changes to findings: one judgement per file."""
