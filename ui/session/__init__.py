"""The session of the program: laptop, open visit, bridge and worker; the only way from the screens to the core."""
