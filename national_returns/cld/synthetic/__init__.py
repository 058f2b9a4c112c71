"""Believable client level data about nobody: for trying the portal out, for tests and for measuring."""
