"""A person's word that a finding is meant."""
