from django.apps import AppConfig


class ReablementConfig(AppConfig):
    name = "reablement"

    def ready(self) -> None:
        from audit import catalogue
        from reablement import drafting, events
        from worklist import messages

        catalogue.register(events.CODES)
        messages.register(events.SENTENCES)
        drafting.register()
