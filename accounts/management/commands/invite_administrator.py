"""Invite the first administrator: prints a link that works once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts import mail, services
from accounts.models import Role, Team
from core import clock

TEAM_CODE = "administration"


class Command(BaseCommand):
    help = "Invite an administrator and print the link with which they join. Nothing is sent by e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address they will sign in with")
        parser.add_argument("name", help="their name")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            team, _ = Team.objects.get_or_create(code=TEAM_CODE, defaults={"name": "Administration"})
            invitation, token = services.invite_by_link(
                email=options["email"],
                name=options["name"],
                team=team,
                role=Role.ADMINISTRATOR,
                now=clock.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Open this link once, before {invitation.expires_at:%d %B %Y %H:%M} UTC:")
        self.stdout.write(mail.join_url(token))
