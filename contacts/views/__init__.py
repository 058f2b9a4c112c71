"""The pages of contacts, by topic."""
