"""Questions about files and letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from core.forms import (
    ConfirmField,
    GovukDateField,
    KeyedForm,
    PublicForm,
    RadiosField,
    TextField,
    VersionedForm,
)
from documents import formats
from documents.checking import Limits
from documents.checking.names import KINDS, WHAT_WE_TAKE
from documents.formats import Format
from documents.models import Document, Letter
from documents.services.uploading import too_large


class FileField(forms.FileField):
    """A file of the kinds that we take. The check comes after it is received; the name and the size count at once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            help_text=f"{WHAT_WE_TAKE}. At most {Limits.of_the_council().most_bytes // 1_000_000} MB.",
            max_length=400,
            error_messages={"max_length": "The name of the file is too long. Give it a shorter one"},
            **kwargs,
        )
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in KINDS)


class UploadForm(KeyedForm):
    file = FileField(label="Which file?")
    kind = RadiosField(label="What is it?", choices=Document.Kind)
    title = TextField(
        label="What should it be called on the record?",
        max_length=150,
        required=False,
        help_text="For example, “Letter from the falls clinic”. Without a name it keeps its own.",
    )

    def __init__(self, *args: Any, was_too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if was_too_large:
            self.fields["file"].error_messages["required"] = too_large(Limits.of_the_council())


class SendFileForm(UploadForm, PublicForm):
    kind = RadiosField(label="What is it?", choices=Document.Kind)
    title = TextField(
        label="What is it called?",
        max_length=150,
        required=False,
        help_text="For example, “Letter from the doctor”. You can leave this empty.",
    )


class WriteLetterForm(KeyedForm):
    reveals: dict[str, Any] = {}
    about = RadiosField(label="Which letter?", choices=[])
    format = RadiosField(label="In which format?", choices=Format)
    why_this_format = TextField(
        label="Why this format?",
        max_length=300,
        required=False,
        help_text="Only when it is not one that the record asks for.",
    )

    def __init__(
        self, *args: Any, about: Sequence[tuple[str, str]], wanted: Sequence[Format], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field, format_ = self.fields["about"], self.fields["format"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(format_, forms.ChoiceField)
        field.choices = list(about)
        first = list(wanted) or [Format.STANDARD]
        others = [each for each in Format if each not in first]
        format_.choices = [(each.value, each.label) for each in (*first, *others)]
        format_.widget.hints = {  # type: ignore[attr-defined]
            **{
                each.value: "Have it made from this text; a task is opened for it"
                for each in formats.MADE_BY_PEOPLE
            },
            Format.COLOURED_PAPER.value: "Print the letter on the paper that the person needs",
            **{each.value: "The record asks for this" for each in wanted},
        }


class GiveForm(VersionedForm):
    how = RadiosField(label="How was it given?", choices=Letter.How)
    on = GovukDateField(label="When did the person get it, or when was it sent?", when="past_or_today")


class GiveMadeForm(GiveForm):
    is_made = ConfirmField(label="It has been made in this format")


class OtherFormatForm(KeyedForm, PublicForm):
    heading_field = "format"
    label_size = "l"
    format = RadiosField(
        label="Which format do you need?",
        choices=[],
        error_messages={"required": "Choose the format you need"},
    )

    def __init__(self, *args: Any, has: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["format"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.value, each.label) for each in Format if each != has]
