"""Who and what is out there: providers of care and support."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.models import ReferencedModel, TimestampedModel
from directory.querysets import ProviderQuerySet


class Provider(ReferencedModel, TimestampedModel):
    """An organisation, or one of its registered locations, that gives care or support."""

    class Kind(models.TextChoices):
        HOME_CARE = "home_care", "Home care"
        CARE_HOME = "care_home", "Care home"
        NURSING_HOME = "nursing_home", "Nursing home"
        DAY = "day", "Day support"
        EQUIPMENT = "equipment", "Equipment or telecare"
        VOLUNTARY = "voluntary", "Voluntary or community group"
        PERSONAL_ASSISTANT = "personal_assistant", "Personal assistant"
        COUNCIL = "council", "The council"
        OTHER = "other", "Other"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    location_id = models.CharField(
        max_length=20, blank=True, help_text="CQC location, for example 1-100000001."
    )
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["location_id"],
                condition=~Q(location_id=""),
                name="directory_one_provider_per_location",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(location_id=""),
                name="directory_one_provider_per_name_without_location",
            ),
        ]

    def __str__(self) -> str:
        return self.name
