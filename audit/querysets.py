"""Reading the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q


class TrailQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> TrailQuerySet:
        """Events without an access list, and those of the lists the user is on."""
        return self.filter(Q(access_list_id=None) | Q(access_list_id__in=user.access_list_ids()))

    def for_person(self, person_id: int) -> TrailQuerySet:
        return self.filter(person_id=person_id).select_related("by").order_by("-at", "-pk")

    def of_ordinary_pages(self, person_id: int, access_list_id: int | None) -> TrailQuerySet:
        """The looks at a person that the person may hear of: none known to another list than the record's own, and
        none at a page of safeguarding."""
        rows = self.filter(Q(access_list_id=None) | Q(access_list_id=access_list_id), person_id=person_id)
        return rows.exclude(Q(page__startswith="safeguarding") | Q(page__startswith="api-safeguarding"))

    def before(self, at: datetime, pk: int) -> TrailQuerySet:
        """The rows that are older than a place in the order of time."""
        return self.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))

    def for_subject(self, subject_type: str, subject_ref: str) -> TrailQuerySet:
        return self.filter(subject_type=subject_type, subject_ref=subject_ref).order_by("at", "pk")

    def by_actor(self, user: Any) -> TrailQuerySet:
        return self.filter(by=user).order_by("-at", "-pk")
