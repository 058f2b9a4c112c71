from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import events
        from audit import catalogue

        catalogue.register(events.CODES)
