from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"

    def ready(self) -> None:
        from audit import catalogue
        from people import events

        catalogue.register(events.CODES)
