from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "contacts"

    def ready(self) -> None:
        from audit import catalogue
        from contacts import acknowledging, events
        from contacts.views import drafting
        from core import outbox
        from worklist import drafts, messages

        catalogue.register(events.CODES)
        outbox.register("contacts.acknowledge", acknowledging.acknowledge)
        drafts.register("contacts.contact", label="New contact", address=drafting.address_of)
        messages.register(
            {
                "contacts.handover_returned": "Work you passed on was returned with a reason",
                "contacts.request_to_match": "A request came in from the website and waits to be matched to a person",
                "contacts.left_untouched": "A request has waited too long, and nobody has looked at it",
            }
        )
