"""The questions about people, by topic."""
