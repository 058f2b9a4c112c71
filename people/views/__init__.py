"""The pages about people, by topic."""
