"""Files that came in, and letters that went out."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from core.history import keep_history
from core.models import ReferencedModel, TimestampedModel
from core.versions import Versioned
from documents.formats import Format, is_made_by_people
from documents.querysets import DocumentQuerySet, LetterQuerySet

FROZEN = (
    *("person_id", "kind", "title", "subject_ref", "number", "format", "content", "pdf_name", "pdf_digest"),
    *("given_on", "given_how", "given_by_id", "status"),
)


@keep_history()
class Document(ReferencedModel, TimestampedModel):
    """A file about a person. Nobody opens it before it is checked, and what is shown is what the check left of it."""

    class Kind(models.TextChoices):
        LETTER = "letter", "Letter or report from somebody else"
        HEALTH = "health", "Health record"
        MONEY = "money", "About money"
        AUTHORITY = "authority", "Proof of who may act"
        IDENTITY = "identity", "Proof of who somebody is"
        PHOTO = "photo", "Photo"
        OTHER = "other", "Something else"

    class Status(models.TextChoices):
        QUARANTINED = "quarantined", "Being checked"
        CLEAN = "clean", "Checked"
        REFUSED = "refused", "Refused"

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "Not scanned for viruses"
        CLEAN = "clean", "Scanned for viruses"
        INFECTED = "infected", "A virus was found"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=150)
    file_name = models.CharField(max_length=120, help_text="As it was called, made harmless.")
    content_type = models.CharField(max_length=100, blank=True, help_text="As found by the check.")
    size = models.PositiveIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of what is kept.")
    stored_name = models.CharField(
        max_length=40, blank=True, help_text="Our own name on disk; empty once refused."
    )
    status = models.CharField(max_length=12, choices=Status, default=Status.QUARANTINED)
    refused_because = models.CharField(max_length=200, blank=True)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    checked_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_by_the_person = models.BooleanField(default=False)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="quarantined", checked_at=None)
                | Q(status__in=["clean", "refused"], checked_at__isnull=False),
                name="documents_checked_with_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(status="refused", stored_name="") & ~Q(refused_because="")
                | ~Q(status="refused") & ~Q(stored_name="") & Q(refused_because=""),
                name="documents_refused_with_a_reason_and_not_kept",
            ),
            models.CheckConstraint(
                condition=~Q(status="clean") | ~Q(content_type="") & ~Q(scan="infected"),
                name="documents_clean_has_a_known_type",
            ),
        ]
        indexes = [models.Index(fields=["person", "-created_at"], name="documents_of_person")]

    def __str__(self) -> str:
        return f"Document {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/people/{self.person.ref}/documents/{self.ref}/"

    @property
    def is_clean(self) -> bool:
        return self.status == self.Status.CLEAN


@keep_history()
class Letter(ReferencedModel, TimestampedModel, Versioned):
    """A letter or a copy for the person, made from a record. Once given it never changes; the next one is a version."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Not given yet"
        GIVEN = "given", "Given"
        THROWN_AWAY = "thrown_away", "Thrown away"

    class How(models.TextChoices):
        BY_HAND = "by_hand", "By hand"
        POST = "post", "By post"
        EMAIL = "email", "By secure e-mail"
        OWN_PAGES = "own_pages", "On their own pages"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40, help_text="Code of the kind of letter.")
    title = models.CharField(max_length=150)
    subject_ref = models.CharField(
        max_length=16, help_text="Reference of the record that the letter is made from."
    )
    number = models.PositiveSmallIntegerField(help_text="Version of the letter about this record, from 1.")
    format = models.CharField(max_length=20, choices=Format, default=Format.STANDARD)
    why_this_format = models.CharField(max_length=300, blank=True)
    content = models.JSONField(help_text="The whole text in blocks, as it is printed.")
    holds_assessment = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField(null=True, blank=True)
    given_how = models.CharField(max_length=10, choices=How, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pdf_name = models.CharField(max_length=40, blank=True, help_text="Our own name on disk, from the giving.")
    pdf_digest = models.CharField(max_length=64, blank=True)
    access_list = models.ForeignKey(
        "accounts.AccessList", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_ref", "number"], name="documents_letter_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_ref"],
                condition=Q(status="draft"),
                name="documents_one_letter_in_preparation",
            ),
            models.CheckConstraint(
                condition=Q(status="given", given_on__isnull=False, given_at__isnull=False)
                & Q(given_by__isnull=False)
                & ~Q(given_how="")
                & ~Q(pdf_name="")
                | ~Q(status="given")
                & Q(given_on=None, given_at=None, given_by=None, given_how="", pdf_name=""),
                name="documents_letter_given_whole_or_not",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="given_letter_is_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status = 'given' AND ("
                    + " OR ".join(f"OLD.{field} IS DISTINCT FROM NEW.{field}" for field in FROZEN)
                    + ")"
                ),
            ),
            pgtrigger.Protect(
                name="given_letter_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.status = 'given'"),
            ),
        ]
        indexes = [models.Index(fields=["person", "-created_at"], name="documents_letter_of_person")]

    def __str__(self) -> str:
        return f"Letter {self.pk}"

    def get_absolute_url(self) -> str:
        return f"/people/{self.person.ref}/letters/{self.ref}/"

    @property
    def is_given(self) -> bool:
        return self.status == self.Status.GIVEN

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_made_by_people(self) -> bool:
        return is_made_by_people(self.format)
