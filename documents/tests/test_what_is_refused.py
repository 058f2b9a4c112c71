"""Files made to harm are refused in plain words, soon and without filling the memory; what is kept holds no more than
it shows."""

from __future__ import annotations

import io
import resource
import time
import zipfile

import pytest

from documents.checking import Limits, Refused, clean, harmless_name, kind_of_name
from documents.tests import hostile
from documents.tests.hostile import CORPUS, docx, exif, jpeg, pdf, png, segment

LIMITS = Limits()


@pytest.mark.parametrize("sample", CORPUS, ids=lambda each: f"{each.name[:20]!r} {each.tries}")
def test_a_file_made_to_harm_is_refused_with_what_to_do(sample):
    began = time.monotonic()

    with pytest.raises(Refused) as refusal:
        clean(sample.data, name=sample.name, limits=LIMITS)

    assert refusal.value.words.endswith((".", "again."))
    assert time.monotonic() - began < 10


def test_the_corpus_is_wide_enough():
    assert len(CORPUS) >= 120


def test_judging_the_whole_corpus_stays_within_256_mebibytes():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for sample in CORPUS:
        with pytest.raises(Refused):
            clean(sample.data, name=sample.name, limits=LIMITS)

    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 256


@pytest.mark.parametrize(
    ("name", "data", "content_type"),
    [
        ("letter.pdf", pdf(), "application/pdf"),
        ("Letter from Dr Patel (2).PDF", pdf(), "application/pdf"),
        ("photo.jpg", jpeg(), "image/jpeg"),
        ("photo.JPEG", jpeg(), "image/jpeg"),
        ("scan.png", png(), "image/png"),
        ("notes.txt", "Café, “quoted”, 🧡\r\n".encode(), "text/plain; charset=utf-8"),
        (
            "v1.2 final.docx",
            docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_what_is_as_its_name_says_is_kept(name, data, content_type):
    kept = clean(data, name=name, limits=LIMITS)

    assert kept.content_type == content_type
    assert kept.data


def test_a_photo_loses_its_place_and_keeps_which_way_up_it_is():
    kept = clean(jpeg(8, 8, exif(6), segment(0xFE, b"taken by Peggy")), name="a.jpg", limits=LIMITS).data

    assert b"GPS" not in kept
    assert b"Peggy" not in kept
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in kept
    # And checked once more it stays the same
    assert clean(kept, name="a.jpg", limits=LIMITS).data == kept


def test_whatever_is_hung_on_behind_a_picture_is_left_out():
    for name, data in (("a.jpg", jpeg(tail=docx())), ("a.png", png(tail=hostile.HTML))):
        kept = clean(data, name=name, limits=LIMITS).data
        assert b"PK\x03\x04" not in kept
        assert b"<script" not in kept


def test_a_png_loses_its_words():
    words = hostile.chunk(b"tEXt", b"Author\x00Peggy"), hostile.chunk(b"eXIf", b"GPS")

    kept = clean(png(2, 2, *words), name="a.png", limits=LIMITS).data

    assert b"Peggy" not in kept
    assert b"GPS" not in kept
    assert kept == png()


def test_a_word_file_loses_its_author_and_its_photos_their_places():
    parts = {
        "docProps/core.xml": b"<dc:creator>Peggy</dc:creator>",
        "word/media/image1.jpg": jpeg(8, 8, exif(1)),
        hostile.RELS: hostile.relation("hyperlink", "https://www.example.org/"),
    }

    kept = clean(docx(parts), name="a.docx", limits=LIMITS).data

    with zipfile.ZipFile(io.BytesIO(kept)) as file:
        inside = b"".join(file.read(name) for name in file.namelist())
        assert file.read("word/document.xml") == hostile.WORDS
    assert b"Peggy" not in inside
    assert b"GPS" not in inside


def test_a_name_is_made_harmless():
    assert harmless_name("../../etc/passwd.txt") == "passwd.txt"
    assert harmless_name("C:\\Users\\peggy\\scan.pdf") == "scan.pdf"
    assert harmless_name('a"b<c>;\r\n\u202egpj.pdf') == "abcgpj.pdf"
    assert len(harmless_name("x" * 500 + ".pdf")) == 100
    assert kind_of_name("x" * 500 + ".pdf") == "pdf"
