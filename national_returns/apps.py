from django.apps import AppConfig


class NationalReturnsConfig(AppConfig):
    """Client level data in and out."""

    name = "national_returns"
    verbose_name = "National returns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit import catalogue
        from national_returns import events

        catalogue.register(events.CODES)
