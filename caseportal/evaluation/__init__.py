"""Start Caseportal on a fresh machine for evaluation, tests and checks. Not used in production."""
