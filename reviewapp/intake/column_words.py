"""What somebody may say that a column of a survey is, beside the number of a standard."""

COMMENT, WHO, IGNORE = "comment", "group", "ignore"
