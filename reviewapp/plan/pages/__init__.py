"""Pages printed from the action plan: progress, the brief for new staff, "you said, we did"."""
