"""Files and letters for tests: valid by default, with a trait for each state."""

from __future__ import annotations

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from factory.django import DjangoModelFactory

from accounts.tests.factories import UserFactory
from core import clock
from documents import vault
from documents.models import Document, Letter
from documents.tests import hostile
from people.tests.factories import PersonFactory


def uploaded(name: str = "letter.pdf", data: bytes | None = None) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, hostile.pdf() if data is None else data)


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    person = factory.SubFactory(PersonFactory)
    kind = Document.Kind.LETTER
    title = "Letter from the falls clinic"
    file_name = "letter.pdf"
    size = factory.LazyFunction(lambda: len(hostile.pdf()))
    digest = factory.LazyFunction(lambda: vault.digest_of(hostile.pdf()))
    stored_name = factory.LazyFunction(lambda: vault.keep(hostile.pdf()))
    uploaded_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        clean = factory.Trait(
            status=Document.Status.CLEAN,
            content_type="application/pdf",
            checked_at=factory.LazyFunction(clock.now),
        )
        refused = factory.Trait(
            status=Document.Status.REFUSED,
            stored_name="",
            refused_because="We cannot read the file.",
            checked_at=factory.LazyFunction(clock.now),
        )


class LetterFactory(DjangoModelFactory):
    class Meta:
        model = Letter

    person = factory.SubFactory(PersonFactory)
    kind = "plan_copy"
    title = "Your care and support plan"
    subject_ref = factory.Sequence(lambda number: f"plan{number}")
    number = 1
    content = factory.LazyFunction(
        lambda: {
            "title": "Your care and support plan",
            "to": ["Margaret Ann Whitlow", "12 Alder Row", "ZZ1 4QT"],
            "from": "Northbridge Council",
            "phone": "01632 960100",
            "number": "P 700001",
            "blocks": [{"is": "heading", "text": "Your needs"}, {"is": "paragraph", "text": "Words"}],
        }
    )
    written_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        given = factory.Trait(
            status=Letter.Status.GIVEN,
            given_on=factory.LazyFunction(clock.today),
            given_at=factory.LazyFunction(clock.now),
            given_how=Letter.How.POST,
            given_by=factory.SubFactory(UserFactory),
            pdf_name=factory.LazyFunction(lambda: vault.keep(b"%PDF")),
            pdf_digest=factory.LazyFunction(lambda: vault.digest_of(b"%PDF")),
        )
        thrown_away = factory.Trait(status=Letter.Status.THROWN_AWAY)
