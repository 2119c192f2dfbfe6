"""Which hooks run on a push, and putting ours among them."""
