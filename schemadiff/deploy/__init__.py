"""What drizzle-kit would do for a change, per version and way of deploying."""
