"""Instruments, the sets of standards a visit measures against: data model, checks, library, import and export."""
