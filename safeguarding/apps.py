from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "safeguarding"

    def ready(self) -> None:
        from audit import catalogue
        from core import outbox
        from safeguarding import events, services
        from worklist import messages

        catalogue.register(events.CODES)
        outbox.register(services.RECEIVED, services.received)
        outbox.register(services.ACKNOWLEDGE, services.acknowledge)
        # What a passer-by may read over a shoulder: nothing about anybody.
        messages.register(
            {
                "safeguarding.new": "Something new has come in for your team",
                "safeguarding.untouched": "Something that came in for your team has not been looked at",
                "safeguarding.lead": "A colleague asks you to lead a piece of work",
            }
        )
