"""Standards out of somebody's sheet or report: finding the columns, reading the rows, saying what was odd."""
