"""The only place with SQL and keys: the encrypted journal of a visit and the installation that holds it."""
