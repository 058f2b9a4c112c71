from django.apps import AppConfig


class SupportPlansConfig(AppConfig):
    name = "support_plans"

    def ready(self) -> None:
        from audit import catalogue
        from documents import kinds
        from support_plans import events, letters
        from worklist import messages

        catalogue.register(events.CODES)
        kinds.register(letters.COPY)
        messages.register({"support_plans.answered": "The person has answered about their plan"})
