"""schemadiff stops a push whose deploy would destroy data in a Drizzle database."""

__version__ = "0.1.0"
