"""A visit: what is said in it, and what follows from that."""
