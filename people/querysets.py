"""Which people a user may know of. Every reading of a person, or of anything about one, starts here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, FilteredRelation, OuterRef, Q

from accounts.models import CASE_ROLES, MONEY_ROLES
from core import clock

# TEAM_ONLY records stay open to teams for this long after their allocation ended (README of the shelf, 9).
TEAM_MEMORY = timedelta(days=90)


def is_standard() -> Q:
    """Rows about people with a standard record and without an access list. The few people whose record is another are
    left out, instead of looking up everybody's."""
    restricted = apps.get_model("people", "Person").objects.restricted()
    return Q(~Q(person__in=restricted.values("pk")), person__isnull=False, access_list=None)


def on_my_lists(user: Any) -> Q:
    """No access list, or one that the user is on."""
    return Q(access_list=None) | Q(access_list__in=user.access_list_ids())


def sees_standard_records(user: Any) -> bool:
    """Whether the user is a member of staff to whom every standard record is open."""
    return (
        user.is_authenticated
        and user.is_active
        and user.audience == user.Audience.STAFF
        and not user.is_system
        and user.has_role(*CASE_ROLES, *MONEY_ROLES)
    )


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """People whose record the user may find and open.

        Staff with a case role: standard records, team-only records of their teams, and named-user or sealed records
        of the lists they are on. Finance staff see the same people, on pages of money and identity only. The public
        see people they have portal access to. Everyone else: nobody.
        """
        portal_access = apps.get_model("people", "PortalAccess").objects

        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.audience == user.Audience.PUBLIC:
            access = portal_access.live(clock.today()).filter(user=user, person=OuterRef("pk"))
            return self.filter(Exists(access))
        if user.is_system:
            return self.all()
        if not sees_standard_records(user):
            return self.none()
        return self.filter(Q(level=self.model.Level.STANDARD) | self._restricted_known_to(user))  # type: ignore[attr-defined]

    def hidden_from(self, user: Any) -> Self:
        """Of the people whose record is not standard, those that a member of staff who sees standard records may not
        find. They are few, so a list of rows about people leaves these out instead of looking up everybody."""
        known = self.restricted().filter(self._restricted_known_to(user))
        return self.restricted().exclude(pk__in=known.values("pk"))

    def restricted(self) -> Self:
        """People whose record is open to some of the staff alone."""
        return self.exclude(level=self.model.Level.STANDARD)  # type: ignore[attr-defined]

    def _restricted_known_to(self, user: Any) -> Q:
        """Team-only records of the user's teams, and named-user or sealed records of the lists they are on."""
        level = self.model.Level  # type: ignore[attr-defined]
        allocations = apps.get_model("people", "Allocation").objects
        in_my_teams = allocations.filter(person=OuterRef("pk"), team__in=user.team_ids).filter(
            Q(valid_to=None) | Q(valid_to__gte=clock.today() - TEAM_MEMORY)
        )
        listed = Q(level__in=[level.NAMED_USERS, level.SEALED], access_list__in=user.access_list_ids())
        return Q(Q(level=level.TEAM_ONLY) & Exists(in_my_teams)) | listed

    def with_identity(self) -> PersonQuerySet:
        """With the present home (`present_home`), the lead (`present_lead`) and whether somebody cares for them
        (`has_carer`), in the same query: there is at most one of each."""
        relationships = apps.get_model("people", "Relationship").objects
        carers = relationships.filter(person=OuterRef("pk"), is_carer=True, valid_to=None)
        return self.annotate(
            present_home=FilteredRelation(
                "addresses", condition=Q(addresses__use="home", addresses__valid_to=None)
            ),
            present_lead=FilteredRelation(
                "allocations", condition=Q(allocations__role="lead", allocations__valid_to=None)
            ),
            has_carer=Exists(carers),
        ).select_related("present_home", "present_lead__worker", "present_lead__team")

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).get(pk=pk)


class AboutAPersonQuerySet(models.QuerySet):
    """Rows that hang on a person and may carry an access list of their own."""

    def visible_to(self, user: Any) -> Self:
        """The person is visible, and the row has no access list or one the user is on."""
        people = apps.get_model("people", "Person").objects
        if sees_standard_records(user):
            rows = self.exclude(person__in=people.hidden_from(user).values("pk"))
            if self.model._meta.get_field("person").null:
                rows = rows.filter(person__isnull=False)
        else:
            rows = self.filter(person__in=people.visible_to(user).values("pk"))
        if any(field.name == "access_list" for field in self.model._meta.fields):
            rows = rows.filter(on_my_lists(user))
        return rows

    def standard(self) -> Self:
        """Rows about people with a standard record and without an access list: what may be counted for a reader who
        is shown no names, and what is the same number for every reader."""
        return self.filter(is_standard())

    def lock(self, pk: int) -> Any:
        return self.select_for_update(of=("self",)).select_related("person").get(pk=pk)


class DatedQuerySet(AboutAPersonQuerySet):
    def live(self, day: date) -> Self:
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class AllocationQuerySet(DatedQuerySet):
    def lead_of(self, person: Any, *, on: date) -> Any:
        """The allocation of the named worker on a day, with the worker and the team, or of a team alone; else None."""
        rows = self.live(on).filter(person=person, role="lead")
        return rows.select_related("worker", "team").order_by("-pk").first()


class PortalAccessQuerySet(DatedQuerySet):
    def live(self, day: date) -> Self:
        """In force on a day, and not ended since: what is withdrawn opens nothing from that moment on."""
        return super().live(day).filter(ended_at=None)

    def acting(self) -> Self:
        """Those who may see and act."""
        return self.filter(scope="act")

    def covering(self, part: str) -> Self:
        """Those whose right reaches to a part of the pages (people.authority.Part)."""
        return self.filter(**{f"covers_{part}": True})

    def closest(self) -> Self:
        """The person, and those who act for them in matters of care: who reads an assessment
        (PortalAccess.reads_assessments)."""
        return self.filter(Q(relation="self") | Q(scope="act", covers_care=True))
