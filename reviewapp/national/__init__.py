"""The network's picture: what a visit gives to its network, the set of many, its figures and its report."""
