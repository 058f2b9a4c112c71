from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"

    def ready(self) -> None:
        from assessments import events, letters
        from audit import catalogue
        from documents import kinds
        from worklist import messages

        catalogue.register(events.CODES)
        kinds.register(letters.DECISION)
        messages.register(
            {
                "assessments.assigned": "An assessment was given to you",
                "assessments.shared": "There is something for you to read on your pages",
                "assessments.commented": "Somebody answered about an assessment you wrote",
                "assessments.ended_by_death": "An assessment ended, for the person has died",
                "assessments.returned": "An assessment was returned for changes",
                "assessments.authorised": "An assessment you wrote was authorised",
            }
        )
