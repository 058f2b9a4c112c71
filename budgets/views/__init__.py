"""The pages of money, by topic."""
