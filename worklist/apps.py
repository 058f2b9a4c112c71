from django.apps import AppConfig


class WorklistConfig(AppConfig):
    name = "worklist"

    def ready(self) -> None:
        from audit import catalogue
        from core import outbox
        from worklist import delivery, events, message_views

        catalogue.register(events.CODES)
        outbox.register(delivery.KIND, delivery.deliver)
        message_views.register_drafts()
