"""Importing standards from somebody's sheet or report: finding the columns, reading the rows, listing anomalies."""
