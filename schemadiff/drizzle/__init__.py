"""Values to model: what Drizzle would make of them."""
