"""Two schemas to changes: neutral facts, no judgement."""
