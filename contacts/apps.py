from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"

    def ready(self) -> None:
        from audit import catalogue
        from contacts import events
        from worklist import messages

        catalogue.register(events.CODES)
        messages.register({"contacts.handover_returned": "Work you passed on was returned with a reason"})
