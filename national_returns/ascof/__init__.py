"""Measures of the Adult Social Care Outcomes Framework from client level data, by the department's method of June 2026."""
