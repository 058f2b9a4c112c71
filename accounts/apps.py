from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from allauth.mfa import signals

        from accounts import events, mail, second_factor
        from audit import catalogue
        from core import outbox

        catalogue.register(events.CODES)
        outbox.register("accounts.invitation", mail.send_invitation)
        outbox.register("accounts.mail", mail.send_letter)
        signals.authenticator_added.connect(second_factor.was_added, dispatch_uid="accounts.second_factor")
        signals.authenticator_removed.connect(
            second_factor.was_removed, dispatch_uid="accounts.second_factor"
        )
