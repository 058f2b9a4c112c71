"""Pages of files and letters, for staff."""
