"""What may leave the portal, and how it is written into a file."""
