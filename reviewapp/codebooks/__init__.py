"""Codebooks: the themes to which what people said is coded, each with when to use it and when not.

Data like an instrument: those of the program, those imported on a laptop, and a copy inside each visit that uses one.
"""
