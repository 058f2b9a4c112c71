"""Pages of managers: numbers and lists, and what is taken out of the portal."""
