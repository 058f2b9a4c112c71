from django.apps import AppConfig


class SupportPlansConfig(AppConfig):
    name = "support_plans"

    def ready(self) -> None:
        from audit import catalogue
        from documents import kinds
        from support_plans import events, letters

        catalogue.register(events.CODES)
        kinds.register(letters.COPY)
