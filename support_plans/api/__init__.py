"""Plans, their lines and reviews in the API: the same rules as on the pages."""
