"""Reablement in the API."""
