"""REFI-QDA, in which programs for coding what people said exchange projects (`.qdpx`) and codebooks (`.qdc`).

Pure: bytes in, values out, and back. What of it belongs to a visit is not decided here.
"""
