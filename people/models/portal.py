"""Who may see a person's own pages, by what right, and how far it reaches."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.history import keep_history
from core.models import ReferencedModel
from people.authority import SPEAKING_ONLY, WITHOUT_CARE, WITHOUT_MONEY, Kind, Part
from people.querysets import PortalAccessQuerySet


@keep_history()
class PortalAccess(ReferencedModel):
    """Who may see a person's own pages: the person themself, or someone with recorded authority and its limits."""

    class Relation(models.TextChoices):
        SELF = "self", "The person"
        CARER = "carer", "Carer"
        REPRESENTATIVE = "representative", "Representative"

    class Scope(models.TextChoices):
        VIEW = "view", "See"
        ACT = "act", "See and act"

    class Status(models.TextChoices):
        COMING = "coming", "From a later day"
        LIVE = "live", "In force"
        LAPSED = "lapsed", "Its last day has passed"
        ENDED = "ended", "Ended"

    Kind = Kind
    OPEN = (Status.COMING, Status.LIVE)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="portal_access")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="portal_access")
    relation = models.CharField(max_length=16, choices=Relation)
    scope = models.CharField(max_length=6, choices=Scope)
    kind = models.CharField(
        max_length=16,
        choices=Kind,
        blank=True,
        help_text="What gives the right; empty for the person themself.",
    )
    authority = models.CharField(
        max_length=200, blank=True, help_text="The right in detail: a registration, a day of permission."
    )
    covers_care = models.BooleanField(default=True)
    covers_money = models.BooleanField(default=True)
    covers_details = models.BooleanField(default=True)
    jointly = models.BooleanField(
        default=False, help_text="Several hold the power and decide only together (MCA 2005 s 10(4))."
    )
    evidence_seen_on = models.DateField(null=True, blank=True)
    lacks_capacity_on = models.DateField(
        null=True,
        blank=True,
        help_text="When it was found that the person cannot decide these things themself.",
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    end_reason = models.CharField(max_length=200, blank=True)

    objects = PortalAccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person"],
                condition=Q(ended_at=None),
                name="people_one_access_per_user_and_person",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(relation="self", ended_at=None), name="people_one_self_per_user"
            ),
            models.CheckConstraint(
                condition=Q(covers_care=True) | Q(covers_money=True) | Q(covers_details=True),
                name="people_access_covers_something",
            ),
            models.CheckConstraint(
                condition=~Q(relation="self")
                | Q(kind="", covers_care=True, covers_money=True, covers_details=True, jointly=False),
                name="people_own_pages_are_whole",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=WITHOUT_CARE) | Q(covers_care=False, covers_details=False),
                name="people_power_over_money_is_not_over_care",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=WITHOUT_MONEY) | Q(covers_money=False),
                name="people_power_over_care_is_not_over_money",
            ),
            models.CheckConstraint(
                condition=Q(jointly=False) | Q(scope="view"), name="people_joint_power_is_not_used_alone"
            ),
            models.CheckConstraint(
                condition=~Q(kind="lpa_health", scope="act") | Q(lacks_capacity_on__isnull=False),
                name="people_welfare_attorney_acts_without_capacity",
            ),
        ]

    def __str__(self) -> str:
        return f"Portal access {self.pk}"

    @property
    def is_own(self) -> bool:
        return self.relation == self.Relation.SELF

    @property
    def may_act(self) -> bool:
        return self.scope == self.Scope.ACT

    @property
    def may_decide(self) -> bool:
        """Whether they agree and acknowledge in the person's place; an advocate speaks up, and decides nothing."""
        return self.may_act and self.kind not in SPEAKING_ONLY

    def covers(self, part: str) -> bool:
        """Whether the right reaches to a part of the pages (people.authority.Part)."""
        return bool(getattr(self, f"covers_{part}"))

    @property
    def covered(self) -> list[str]:
        """The parts in words, as staff and the person read them."""
        return [str(part.label) for part in Part if self.covers(part)]

    @property
    def reads_assessments(self) -> bool:
        """An assessment is the person's own, and of those who act for them in matters of care; not of everyone who
        sees the plan."""
        return self.is_own or (self.may_act and self.covers_care)

    def status_on(self, day: date) -> Status:
        """Worked out, never stored; the last day is inclusive."""
        if self.ended_at is not None:
            return self.Status.ENDED
        if self.valid_to is not None and self.valid_to < day:
            return self.Status.LAPSED
        return self.Status.COMING if self.valid_from > day else self.Status.LIVE
