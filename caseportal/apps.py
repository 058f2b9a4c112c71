from django.apps import AppConfig


class CaseportalProjectConfig(AppConfig):
    name = "caseportal"

    def ready(self) -> None:
        from caseportal.knock_ons import TABLE
        from core import knock_ons

        knock_ons.register(TABLE)
