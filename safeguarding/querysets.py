"""Who may know of a concern. Every reading of one, or of anything that hangs on one, starts here."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import CASE_ROLES


class ConcernQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Concerns of whose access list the user is a member today, as staff with a case role.

        Nobody else, whatever their rank; and never somebody who is named in it or related to who is, even where a
        list should hold them by mistake (domain/safeguarding.md 13).
        """
        if not user.is_authenticated or not user.is_active or user.audience != user.Audience.STAFF:
            return self.none()
        if user.is_system:
            return self.all()
        if not user.has_role(*CASE_ROLES):
            return self.none()
        conflicts = apps.get_model("safeguarding", "Conflict").objects
        barred = Exists(conflicts.filter(concern=OuterRef("pk"), user=user))
        return self.filter(~barred, access_list__in=user.access_list_ids())

    def raised_by(self, user: Any) -> Self:
        """What the user reported: they may read that it was sent, and nothing more."""
        return self.filter(raised_by=user)

    def new(self) -> Self:
        """On which nobody has done anything yet."""
        return self.filter(status="concern_received")

    def open(self) -> Self:
        return self.exclude(status__in=self.model.ENDED)  # type: ignore[attr-defined]

    def to_decide(self) -> Self:
        return self.filter(status__in=["screened", "info_gathering", "s42_decision", "reopened"])

    def undecided(self) -> Self:
        """Not looked at yet, or waiting for the decision under section 42."""
        return self.filter(
            status__in=["concern_received", "screened", "info_gathering", "s42_decision", "reopened"]
        )

    def in_enquiry(self) -> Self:
        return self.filter(status__in=["enquiry_planning", "enquiry", "outcomes"])

    def protected(self) -> Self:
        return self.filter(status__in=["plan_active", "plan_review"])

    def ended(self) -> Self:
        return self.filter(status__in=self.model.ENDED)  # type: ignore[attr-defined]

    def past_target(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def counted(self, today: date) -> dict[str, int]:
        """How many stand in each list, and what of it runs past its target."""
        decide = Q(status__in=["screened", "info_gathering", "s42_decision", "reopened"])
        enquiry = Q(status__in=["enquiry_planning", "enquiry", "outcomes"])
        plan = Q(status__in=["plan_active", "plan_review"])
        late = Q(due_on__lt=today)
        return self.open().aggregate(
            new=Count("pk", filter=Q(status="concern_received")),
            new_hint=Count("pk", filter=Q(status="concern_received", immediate_danger=True)),
            decide=Count("pk", filter=decide),
            decide_hint=Count("pk", filter=decide & late),
            enquiry=Count("pk", filter=enquiry),
            enquiry_hint=Count("pk", filter=enquiry & late),
            plan=Count("pk", filter=plan),
            plan_hint=Count("pk", filter=plan & late),
        )

    def for_list(self) -> Self:
        return self.select_related("person", "team", "lead")

    def for_page(self) -> Self:
        return self.select_related(
            "person", "team", "lead", "access_list", "raised_by", "screened_by", "duplicate_of", "sar_by"
        )

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("person", "team", "access_list").get(pk=pk)


class AboutAConcernQuerySet(models.QuerySet):
    """Rows that hang on a concern, and are known to those who know of it."""

    def visible_to(self, user: Any) -> Self:
        concerns = apps.get_model("safeguarding", "Concern").objects
        return self.filter(concern__in=concerns.visible_to(user).values("pk"))
