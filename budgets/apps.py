from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"

    def ready(self) -> None:
        from audit import catalogue
        from budgets import events, letters
        from documents import kinds
        from worklist import messages

        catalogue.register(events.CODES)
        kinds.register(letters.DECISION)
        messages.register(events.SENTENCES)
