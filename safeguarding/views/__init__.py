"""Pages of safeguarding: the duty list, a case with its steps, and the public pages."""
