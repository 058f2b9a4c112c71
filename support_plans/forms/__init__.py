"""The questions of plans and reviews, by topic."""
