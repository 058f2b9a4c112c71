"""`manage.py print_docs`: write the pages of docs/ that come from the code."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from caseportal.printing import DOCS, PAGES


class Command(BaseCommand):
    help = "Write docs/workflows.md and docs/permissions.md from the state tables and policies."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, page in PAGES.items():
            (DOCS / name).write_text(page())
            self.stdout.write(f"docs/{name}")
