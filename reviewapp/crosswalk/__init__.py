"""Which standards of one instrument ask the same as, more or less than those of another one, or of another edition.

A crosswalk says where evidence may be looked at twice and what may be compared. It never moves a rating.
"""
