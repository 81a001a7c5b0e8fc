"""What everything stands on: errors, files that are really saved, languages, where things lie."""
