from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from assessments import events
        from audit import catalogue
        from worklist import messages

        catalogue.register(events.CODES)
        messages.register(
            {
                "assessments.assigned": "An assessment was given to you",
                "assessments.returned": "An assessment was returned for changes",
                "assessments.authorised": "An assessment you wrote was authorised",
            }
        )
