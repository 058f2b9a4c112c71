from django.apps import AppConfig


class CaseportalProjectConfig(AppConfig):
    name = "caseportal"

    def ready(self) -> None:
        # The application that nudges go through: without it Celery looks for a broker of its own, and waits for it.
        from caseportal import celery  # noqa: F401
        from caseportal.knock_ons import TABLE
        from core import knock_ons

        knock_ons.register(TABLE)
