"""The desktop program: a client of the core, and nothing but a client."""
