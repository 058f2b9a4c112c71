from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "documents"

    def ready(self) -> None:
        from audit import catalogue
        from core import outbox
        from documents import events, services
        from worklist import messages

        catalogue.register(events.CODES)
        messages.register(
            {
                "documents.refused": "A file you uploaded could not be accepted",
                "documents.letter_given": "There is a new letter for you",
            }
        )
        outbox.register(services.CHECK, services.check_from_outbox)
