from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from audit import catalogue
        from core import outbox
        from reporting import events, services
        from worklist import messages

        catalogue.register(events.CODES)
        messages.register(
            {
                "reporting.export_ready": "A file you asked for is ready",
                "reporting.export_refused": "A file you asked for was not made",
                "reporting.export_held": "A colleague has asked for a file that needs a second manager",
            }
        )
        outbox.register(services.MAKE_EXPORT, services.make_export_from_outbox, by_steps=True)
