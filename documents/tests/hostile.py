"""Files made to harm, made here byte by byte: each with its name, and what it tries."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORDS = b'<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Hello</w:t></w:r></w:p></w:body></w:document>'
RELS = "word/_rels/document.xml.rels"


@dataclass(frozen=True)
class Sample:
    tries: str
    name: str
    data: bytes


def pdf(*objects: bytes, pages: int = 1, tail: bytes = b"%%EOF\n", head: bytes = b"%PDF-1.7\n") -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>"
    body = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        *[page] * pages,
    ]
    body += objects
    return (
        head
        + b"".join(b"%d 0 obj\n%b\nendobj\n" % (n, o) for n, o in enumerate(body, 1))
        + b"trailer <<>>\n"
        + tail
    )


def packed(about: bytes, inside: bytes) -> bytes:
    squeezed = zlib.compress(inside, 9)
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (about, len(squeezed), squeezed)


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 2, height: int = 2, *more: bytes, tail: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress(b"".join(b"\x00" + b"\x7f" * 2 for _ in range(2)))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"") + tail


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 8, height: int = 8, *more: bytes, tail: bytes = b"") -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\x34\xff\x00\x56"
    return (
        b"\xff\xd8"
        + b"".join(more)
        + segment(0xDB, b"\x00" + b"\x01" * 64)
        + frame
        + scan
        + b"\xff\xd9"
        + tail
    )


def exif(orientation: int, place: bytes = b"GPS 51.5007 N") -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    return segment(0xE1, b"Exif\x00\x00MM\x00\x2a" + struct.pack(">IH", 8, 1) + entry + b"\x00" * 4 + place)


def archive(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as file:
        for name, body in parts.items():
            file.writestr(name, body)
    return made.getvalue()


def docx(more: dict[str, bytes] | None = None) -> bytes:
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": WORDS, **(more or {})})


def relation(kind: str, target: str, *, outside: bool = True) -> bytes:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationships><Relationship Id="r1" Type="http://x/{kind}" Target="{target}"{mode}/></Relationships>'.encode()


def locked(data: bytes) -> bytes:
    """A ZIP whose parts say that they are encrypted."""
    made = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            made[at + place] |= 1
            at = made.find(mark, at + 4)
    return bytes(made)


SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
PROGRAM = b"MZ\x90\x00\x03" + b"\x00" * 60 + b"PE\x00\x00"
JS = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"

NAMES = [
    Sample("a name of no known kind", name, data)
    for name, data in (
        ("run.exe", PROGRAM), ("page.html", HTML), ("page.xhtml", HTML), ("picture.svg", SVG), ("data.xml", SVG),
        ("old.doc", b"\xd0\xcf\x11\xe0"), ("macro.docm", docx()), ("sheet.xlsm", docx()), ("a.zip", docx()),
        ("a.js", SCRIPT), ("a.hta", HTML), ("a.lnk", b"L\x00\x00\x00"), ("a.bat", b"@echo off"), ("a.sh", b"#!/bin/sh"),
        ("a.php", b"<?php"), ("a.gif", b"GIF89a" + SCRIPT), ("a.webp", b"RIFF"), ("a.mht", b"MIME-Version: 1.0"),
        ("noending", b"words"), (".pdf", pdf()), ("a.pdf.", pdf(tail=b"")), ("", pdf()),
        ("letter.exe.pdf", pdf()), ("letter.html.txt", b"words"), ("a.svg.png", png()), ("a.php.jpg", jpeg()),
        ("a.js .docx", docx()), ("a.pdf.exe", pdf()), ("a.pdf\u202efdp.exe", PROGRAM), ("x.pdf\x00.exe", PROGRAM),
    )
]  # fmt: skip
UNLIKE = [
    Sample("another kind under this name", name, data)
    for name, data in (
        ("a.pdf", HTML), ("a.pdf", SVG), ("a.pdf", PROGRAM), ("a.pdf", docx()), ("a.pdf", png()), ("a.pdf", jpeg()),
        ("a.pdf", b"GIF89a" + pdf()), ("a.pdf", SCRIPT + pdf()), ("a.pdf", PROGRAM + pdf()),
        ("a.png", HTML), ("a.png", SVG), ("a.png", jpeg()), ("a.png", pdf()), ("a.png", b"\x89PNG\r\n" + HTML),
        ("a.jpg", HTML), ("a.jpg", SVG), ("a.jpg", png()), ("a.jpg", b"\xff\xd8\xff" + HTML), ("a.jpg", PROGRAM),
        ("a.docx", HTML), ("a.docx", pdf()), ("a.docx", PROGRAM), ("a.docx", archive({"readme.txt": b"hello"})),
        ("a.txt", HTML), ("a.txt", b"  \n" + SVG), ("a.txt", b"\xef\xbb\xbf<SCRIPT>"), ("a.txt", PROGRAM),
        ("a.txt", pdf()), ("a.txt", b"{\\rtf1"), ("a.txt", b"a\x00b"), ("a.txt", "w\u00f6rds".encode("utf-16")),
        ("a.txt", b"caf\xe9"), ("a.txt", b"#!/bin/sh\nrm -rf ~"), ("a.txt", b"%!PS-Adobe"), ("a.txt", b"\x1b[2J"),
    )
]  # fmt: skip
ACTIVE = [
    Sample(tries, "a.pdf", data)
    for tries, data in (
        ("script", pdf(JS)),
        ("script with its name in numbers", pdf(b"<< /S /J#61va#53cript /JS (x) >>")),
        ("script in packed objects", pdf(packed(b"/Type /ObjStm /N 1 /First 4", b"9 0 " + JS))),
        ("script in packed objects under numbers", pdf(packed(b"/Type /Obj#53tm /N 1 /First 4", b"9 0 " + JS))),
        ("script in packed objects that say nothing of themselves", pdf(packed(b"/N 1 /First 4", b"9 0 " + JS))),
        ("script with a decoy in the dictionary", pdf(packed(b"/Type /ObjStm /X (obj)", b"9 0 " + JS))),
        ("starting a program", pdf(b"<< /S /Launch /F (cmd.exe) >>")),
        ("another file inside", pdf(b"<< /Type /Filespec /EF << /F 9 0 R >> /Names /EmbeddedFiles >>")),
        ("another file as a stream", pdf(packed(b"/Type /EmbeddedFile", PROGRAM))),
        ("a form of its own language", pdf(b"<< /XFA 9 0 R >>")),
        ("sending a form", pdf(b"<< /S /SubmitForm /F (http://example.invalid) >>")),
        ("rich media", pdf(b"<< /Subtype /RichMedia >>")),
        ("a rendition", pdf(b"<< /S /Rendition /JS (x) >>")),
        ("importing data", pdf(b"<< /S /ImportData >>")),
        ("going to a file inside", pdf(b"<< /S /GoToE >>")),
        ("password", pdf(b"<< /Encrypt 9 0 R >>")),
        ("password with its name in numbers", pdf(b"<< /#45ncrypt 9 0 R >>")),
        ("no page", pdf(pages=0)),
        ("too many pages", pdf(pages=301)),
        ("no end", pdf(tail=b"")),
        ("something behind the end", pdf(tail=b"%%EOF\n" + HTML)),
        ("a ZIP behind the end", pdf(tail=docx() + b"\n%%EOF\n")),
        ("a bomb of packed objects", pdf(packed(b"/Type /ObjStm", b"0" * 70_000_000))),
        ("a flood of pixels", pdf(b"<< /Subtype /Image /Width 100000 /Height 100000 /Length 3 >>\nstream\nabc\nendstream")),
        ("broken packed objects", pdf(b"<< /Type /ObjStm >>\nstream\nnot packed\nendstream")),
    )
]  # fmt: skip
PICTURES = [
    Sample(tries, name, data)
    for tries, name, data in (
        ("a flood of pixels", "a.png", png(100_000, 100_000)),
        ("no pixels", "a.png", png(0, 2)),
        ("a wrong check sum", "a.png", png()[:-6] + b"\x00" * 6),
        ("cut short", "a.png", png()[:-12]),
        ("a chunk longer than the file", "a.png", png()[:8] + b"\x7f\xff\xff\xffIHDR"),
        ("an unknown critical chunk", "a.png", png(2, 2, chunk(b"EVIL", b"x"))),
        ("no picture", "a.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\x00" * 13) + chunk(b"IEND", b"")),
        ("a flood of pixels", "a.jpg", jpeg(65000, 65000)),
        ("no pixels", "a.jpg", jpeg(0, 0)),
        ("cut short", "a.jpg", jpeg()[:-2]),
        ("a segment longer than the file", "a.jpg", b"\xff\xd8\xff\xe0\xff\xffJFIF"),
        ("a segment of no length", "a.jpg", b"\xff\xd8\xff\xe0\x00\x00"),
        ("no picture", "a.jpg", b"\xff\xd8" + segment(0xE0, b"JFIF\x00") + b"\xff\xd9"),
        ("only a start", "a.jpg", b"\xff\xd8\xff"),
    )
]
WORD = [
    Sample(tries, "a.docx", data)
    for tries, data in (
        ("macros", docx({"word/vbaProject.bin": b"x"})),
        ("macros by type", archive({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled", "word/document.xml": WORDS})),
        ("an object inside", docx({"word/embeddings/oleObject1.bin": b"x"})),
        ("an object by relation", docx({RELS: relation("oleObject", "x.xml", outside=False)})),
        ("active control", docx({"word/activeX/activeX1.xml": b"<ax:ocx/>", "word/x.xml": b"activeX"})),
        ("a template from elsewhere", docx({RELS: relation("attachedTemplate", "http://example.invalid/t.dotm")})),
        ("a picture from elsewhere", docx({RELS: relation("image", "http://example.invalid/x.png")})),
        ("a file of the server", docx({RELS: relation("image", "file:///etc/passwd")})),
        ("a program by field", docx({"word/f.xml": b"<w:instrText> DDEAUTO c:\\\\windows cmd</w:instrText>"})),
        ("another document by chunk", docx({RELS: relation("aFChunk", "x.html", outside=False)})),
        ("a page inside", docx({"word/page.html": HTML})),
        ("a program inside", docx({"word/run.exe": PROGRAM})),
        ("a picture that is a page", docx({"word/media/a.png": HTML})),
        ("entities that grow", docx({"word/e.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'})),
        ("an outside entity", docx({"word/e.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'})),
        ("words of two bytes", docx({"word/e.xml": "<x>macroEnabled</x>".encode("utf-16")})),
        ("a way out of the folder", docx({"../../evil.xml": b"<x/>"})),
        ("a way from the root", docx({"/etc/evil.xml": b"<x/>"})),
        ("a way of another system", docx({"word\\..\\evil.xml": b"<x/>", "c:evil.xml": b"<x/>"})),
        ("a bomb", docx({"word/big.xml": b" " * 70_000_000})),
        ("many bombs", docx({f"word/{n}.xml": b" " * 8_000_000 for n in range(10)})),
        ("too many parts", docx({f"word/{n}.xml": b"<x/>" for n in range(600)})),
        ("a program in front", PROGRAM + docx()),
        ("a page in front", b"PK\x03\x04" + HTML + docx()),
        ("a password", locked(docx())),
        ("a password of the old kind", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("cut short", docx()[:-30]),
        ("two parts of one name", docx({"word/Document.xml": b"<x/>"})),
    )
]  # fmt: skip
LARGE = [Sample("too large", "a.txt", b"x" * 10_000_001), Sample("empty", "a.pdf", b"")]
CORPUS = [*NAMES, *UNLIKE, *ACTIVE, *PICTURES, *WORD, *LARGE]
