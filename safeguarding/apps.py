from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    name = "safeguarding"

    def ready(self) -> None:
        from django.urls import reverse

        from audit import catalogue
        from core import outbox
        from safeguarding import events, services
        from worklist import drafts, messages

        catalogue.register(events.CODES)
        outbox.register(services.RECEIVED, services.received)
        outbox.register(services.ACKNOWLEDGE, services.acknowledge)
        drafts.register(
            services.CONCERN_DRAFT,
            label="A report you have not sent",
            address=lambda draft: (
                reverse("safeguarding:add-concern")
                + ("" if draft.subject == services.SOMEBODY else f"?person={draft.subject}")
            ),
        )
        drafts.register(
            services.DECISION_DRAFT,
            label="A decision you have not recorded",
            address=lambda draft: reverse("safeguarding:decide", args=[draft.subject]),
        )
        # What a passer-by may read over a shoulder: nothing about anybody.
        messages.register(
            {
                "safeguarding.new": "Something new has come in for your team",
                "safeguarding.untouched": "Something that came in for your team has not been looked at",
                "safeguarding.lead": "A colleague asks you to lead a piece of work",
            }
        )
