"""The pages of reablement, by topic."""
