"""The pages of plans and reviews, by topic."""
