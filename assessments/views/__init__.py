"""The pages of assessments, by topic."""
