"""Who and what is out there: providers of care and support, and the services that anyone can find."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from core.models import ReferencedModel, TimestampedModel
from directory.querysets import ProviderQuerySet, ServiceQuerySet


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


class ServiceEntry(ReferencedModel, TimestampedModel):
    """A service that anyone can find on the public pages (information and advice, Care Act 2014 s4)."""

    class Category(models.TextChoices):
        HOME = "home", "Help at home"
        MEALS = "meals", "Meals and shopping"
        GETTING_OUT = "getting_out", "Getting out and meeting people"
        CARERS = "carers", "Support for carers"
        EQUIPMENT = "equipment", "Equipment and telecare"
        MONEY = "money", "Money and benefits advice"
        ADVOCACY = "advocacy", "Advocacy and rights"
        STAYING_WELL = "staying_well", "Staying well"
        CARE_HOMES = "care_homes", "Care homes"
        HOUSING = "housing", "Housing with support"

    class ForWhom(models.TextChoices):
        OLDER = "older", "Older people"
        PHYSICAL = "physical", "People with a physical disability"
        LEARNING = "learning", "People with a learning disability"
        AUTISM = "autism", "Autistic people"
        MENTAL_HEALTH = "mental_health", "People with poor mental health"
        DEMENTIA = "dementia", "People with dementia"
        SENSORY = "sensory", "People with sight or hearing loss"
        CARERS = "carers", "Unpaid carers"

    class Cost(models.TextChoices):
        FREE = "free", "Free"
        SOME = "some", "Free for some"
        PAID = "paid", "You pay"

    name = models.CharField(max_length=200)
    provider = models.ForeignKey(
        Provider, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    category = models.CharField(max_length=14, choices=Category)
    for_whom = ArrayField(
        models.CharField(max_length=14, choices=ForWhom),
        default=list,
        blank=True,
        help_text="Empty: for everyone.",
    )
    summary = models.CharField(max_length=200, help_text="One sentence, in plain words.")
    description = models.TextField(max_length=4000, blank=True)
    how_to_get_it = models.TextField(max_length=1000, blank=True)
    cost = models.CharField(max_length=5, choices=Cost)
    cost_words = models.CharField(max_length=200, blank=True, help_text="For example, £6 a session.")
    area = models.CharField(max_length=100, blank=True, help_text="Where it is given.")
    address = models.CharField(max_length=300, blank=True)
    opening = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    accessibility = models.CharField(
        max_length=300, blank=True, help_text="For example, step-free, hearing loop."
    )
    is_published = models.BooleanField(default=False)
    checked_on = models.DateField(help_text="When somebody last checked that this is right.")
    search_text = models.CharField(max_length=800, editable=False, blank=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "service entries"
        indexes = [
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="directory_service_text"),
            models.Index(
                fields=["name", "id"], name="directory_service_name", condition=Q(is_published=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/services/{self.ref}/"

    @property
    def for_whom_words(self) -> str:
        """For whom it is, in a line."""
        labels = dict(self.ForWhom.choices)
        return ", ".join(labels.get(code, code) for code in self.for_whom) or "Everyone"
