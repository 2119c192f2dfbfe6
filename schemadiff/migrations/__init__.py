"""What the pushed migration files do, and which changes they plan."""
