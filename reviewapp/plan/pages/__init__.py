"""PDF pages printed from the action plan: progress, the brief for new staff, "You said, we did"."""
