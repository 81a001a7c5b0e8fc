"""Reviewapp's core: everything a peer-review visit is, without a screen."""

__version__ = "0.1.0"
