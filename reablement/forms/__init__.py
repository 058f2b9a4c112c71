"""The questions of reablement, by topic."""
