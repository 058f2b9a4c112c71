from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "budgets"

    def ready(self) -> None:
        from audit import catalogue
        from budgets import events
        from worklist import messages

        catalogue.register(events.CODES)
        messages.register(events.SENTENCES)
