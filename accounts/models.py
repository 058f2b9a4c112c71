"""Who is signed in, and what they are here: users, teams, roles held through a team, registrations, access lists."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from accounts.querysets import DatedQuerySet, UserManager, live_on
from core import clock
from core.history import keep_history
from core.models import ReferencedModel


class Role(models.TextChoices):
    """Stable codes; held through a team. Acting always needs the role in the team concerned."""

    PRACTITIONER = "practitioner", "Practitioner"
    SOCIAL_WORKER = "social_worker", "Registered social worker"
    OCCUPATIONAL_THERAPIST = "occupational_therapist", "Occupational therapist"
    TEAM_MANAGER = "team_manager", "Team manager"
    SAFEGUARDING_MANAGER = "safeguarding_manager", "Safeguarding adults manager"
    BROKER = "broker", "Broker"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    DIRECT_PAYMENTS_OFFICER = "direct_payments_officer", "Direct payments officer"
    REABLEMENT_LEAD = "reablement_lead", "Reablement lead"
    REABLEMENT_WORKER = "reablement_worker", "Reablement worker"
    SERVICE_MANAGER = "service_manager", "Service manager"
    DIRECTOR = "director", "Director"
    ANALYST = "analyst", "Analyst"
    INFORMATION_OFFICER = "information_officer", "Information officer"
    ADMINISTRATOR = "administrator", "Administrator"


# Those who work with people, and so find and open a standard record (README of the shelf, 9).
CASE_ROLES = frozenset(
    {
        Role.PRACTITIONER,
        Role.SOCIAL_WORKER,
        Role.OCCUPATIONAL_THERAPIST,
        Role.TEAM_MANAGER,
        Role.SAFEGUARDING_MANAGER,
        Role.BROKER,
        Role.REABLEMENT_LEAD,
        Role.REABLEMENT_WORKER,
        Role.SERVICE_MANAGER,
        Role.DIRECTOR,
    }
)
ASSESSING_ROLES = frozenset({Role.PRACTITIONER, Role.SOCIAL_WORKER, Role.OCCUPATIONAL_THERAPIST})
MONEY_ROLES = frozenset({Role.FINANCE_OFFICER, Role.DIRECT_PAYMENTS_OFFICER})
MANAGING_ROLES = frozenset({Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.DIRECTOR})


class Recognised(models.TextChoices):
    """How somebody who cannot sign in any more was recognised before they were let in anew."""

    IN_PERSON = "in_person", "I saw them"
    KNOWN_NUMBER = "known_number", "I rang them on the number that is on the record"
    KNOWN_TO_WORKER = "known_to_worker", "Somebody who knows them has spoken with them"
    ADMINISTRATOR = "administrator", "An administrator checked"


class Team(ReferencedModel):
    """A team of the council, or a queue that a team works."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    service = models.CharField(max_length=60, blank=True)
    is_front_door = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


@keep_history(exclude=["password", "last_login"])
class User(ReferencedModel, AbstractBaseUser):
    """Someone with an account. The audience never changes: staff and the public share nothing but this table."""

    class Audience(models.TextChoices):
        STAFF = "staff", "Staff"
        PUBLIC = "public", "The public"

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    phone = models.CharField(max_length=30, blank=True)
    audience = models.CharField(max_length=10, choices=Audience)
    job_title = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False, help_text="The account in whose name the machine acts.")
    created_at = models.DateTimeField(default=clock.real_now, editable=False)
    # True time, as sessions have: it counts as use, so that an account opened today is not closed tonight.
    opened_again_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When its owner last said, by a link in their mail, that the second step of signing in is lost; empty once it is
    # given anew.
    lost_second_step_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_one_user_per_email"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="audience_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__audience__df=pgtrigger.F("new__audience")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets them in: administrators only."""
        return self.is_active and self.has_role(Role.ADMINISTRATOR)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff

    def has_perms(self, perms: list[str], obj: object = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff

    @cached_property
    def live_memberships(self) -> list[Membership]:
        """Roles held today, with their teams; read once for each request."""
        if self.audience != self.Audience.STAFF or not self.is_active:
            return []
        return list(
            self.memberships.filter(live_on(clock.today()))
            .select_related("team")
            .order_by("-is_main", "team__name", "pk")
        )

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(membership.role for membership in self.live_memberships)

    def has_role(self, *roles: str, team: Team | int | None = None) -> bool:
        """Whether one of these roles is held today; with a team given, held in that team."""
        team_id = team.pk if isinstance(team, Team) else team
        return any(
            membership.role in roles and (team_id is None or membership.team_id == team_id)
            for membership in self.live_memberships
        )

    @property
    def team_ids(self) -> list[int]:
        return sorted({membership.team_id for membership in self.live_memberships})

    @property
    def main_team(self) -> Team | None:
        return self.live_memberships[0].team if self.live_memberships else None

    def access_list_ids(self) -> models.QuerySet:
        """The need-to-know lists the user is on today, as a sub-select."""
        return AccessListMember.objects.filter(live_on(clock.today()), user=self).values("access_list_id")


@keep_history()
class Membership(models.Model):
    """A role that a member of staff holds in a team, between two dates."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40, choices=Role)
    is_main = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="The last day; empty while open.")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "team", "role"],
                condition=Q(valid_to=None),
                name="accounts_one_open_membership_per_role_and_team",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="accounts_membership_ends_after_it_starts",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="members_are_staff",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF (SELECT audience FROM accounts_user WHERE id = NEW.user_id) <> 'staff' THEN
                        RAISE EXCEPTION 'a public account cannot belong to a team'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_members_are_staff';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.pk}"


class Registration(models.Model):
    """A professional registration: Social Work England or HCPC number, and until when it was checked."""

    class Body(models.TextChoices):
        SWE = "swe", "Social Work England"
        HCPC = "hcpc", "Health and Care Professions Council"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations")
    body = models.CharField(max_length=10, choices=Body)
    # Form of the number: background, verify (domain/people.md 14).
    number = models.CharField(
        max_length=12,
        validators=[RegexValidator(r"^(SW|OT)\d{1,6}$", "Write the number as SW or OT and digits.")],
    )
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number", "valid_from"], name="accounts_registration_once"
            )
        ]

    def __str__(self) -> str:
        return f"Registration {self.pk}"


class AccessList(ReferencedModel):
    """Who may know of one matter, and nobody else."""

    purpose = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Access list {self.pk}"


class AccessListMember(models.Model):
    access_list = models.ForeignKey(AccessList, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["access_list", "user"],
                condition=Q(valid_to=None),
                name="accounts_on_an_access_list_once",
            )
        ]

    def __str__(self) -> str:
        return f"Member {self.pk} of access list {self.access_list_id}"


class Invitation(ReferencedModel):
    """A first way in: the address in the e-mail works once and for a few days. Only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"Invitation {self.pk}"
