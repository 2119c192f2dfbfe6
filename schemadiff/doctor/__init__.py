"""`schemadiff doctor`: what is installed and seen here, and what is missing."""
