from django.apps import AppConfig


class SupportPlansConfig(AppConfig):
    name = "support_plans"

    def ready(self) -> None:
        from audit import catalogue
        from support_plans import events

        catalogue.register(events.CODES)
