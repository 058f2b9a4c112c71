#!/usr/bin/env python
"""Run Caseportal's management commands."""

import os
import sys

# These change the schema or own the data, so they run as the owner of the database, not as the product.
OWNER_COMMANDS = {"migrate", "makemigrations", "bench", "flush", "pgtrigger", "sqlmigrate"}


def main() -> None:
    from caseportal.evaluation import services

    for name, value in services.environment().items():
        os.environ.setdefault(name, value)
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("CASEPORTAL_DATABASE_ROLE", "owner")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseportal.settings")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
