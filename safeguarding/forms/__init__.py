"""What is asked about a concern: on the staff pages step by step, and of the public one question a page."""
