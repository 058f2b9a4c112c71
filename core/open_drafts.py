"""What somebody without an account is typing: kept on the server, sealed, and found again by a code.

A session leads to one draft of each kind. The code is made when it is asked for and shown once; only its digest is
kept, so neither a copy of the database nor a member of staff can take up what a visitor began.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from core import clock, sealing
from core.models import OpenDraft
from core.refs import ALPHABET, new_ref

# So long a draft waits for whoever began it: at least 20 hours (README of the shelf, 14); a week is the design.
KEPT = timedelta(days=7)
SESSION = "open_drafts"
_BOX = "caseportal open draft"


def current(request: HttpRequest, kind: str) -> OpenDraft | None:
    """The draft that this visitor works on, sent or not; None when there is none or it has grown too old."""
    ref = request.session.get(SESSION, {}).get(kind)
    return _live(kind).filter(ref=ref).first() if ref else None


def _live(kind: str) -> Any:
    return OpenDraft.objects.filter(kind=kind, saved_at__gt=clock.real_now() - KEPT)


def begin(request: HttpRequest, kind: str) -> OpenDraft:
    """A fresh draft for this visitor, in place of the one before."""
    draft = OpenDraft.objects.create(kind=kind, saved_at=clock.real_now())
    take_up(request, draft)
    return draft


def take_up(request: HttpRequest, draft: OpenDraft) -> None:
    """From now on this visitor works on this draft."""
    request.session[SESSION] = {**request.session.get(SESSION, {}), draft.kind: draft.ref}


def read(draft: OpenDraft) -> dict[str, Any]:
    """What was typed. Nothing once it was sent, or where the key it was sealed with is gone."""
    if not draft.sealed:
        return {}
    try:
        answers: dict[str, Any] = json.loads(sealing.box(_BOX).decrypt(draft.sealed))
    except (InvalidToken, ValueError):
        return {}
    return answers


def lock(draft: OpenDraft) -> OpenDraft:
    """The draft as it stands now, held until the transaction ends. Raises OpenDraft.DoesNotExist when thrown away."""
    return OpenDraft.objects.select_for_update().get(pk=draft.pk)


def save(draft: OpenDraft, answers: Mapping[str, Any]) -> None:
    draft.sealed = sealing.box(_BOX).encrypt(json.dumps(dict(answers)).encode()).decode()
    draft.saved_at = clock.real_now()
    draft.save(update_fields=["sealed", "saved_at"])


def sent(draft: OpenDraft, result: str) -> None:
    """The draft has become a record: keep the way to it, and nothing of what was typed."""
    draft.sealed, draft.result, draft.code_digest = "", result, None
    draft.save(update_fields=["sealed", "result", "code_digest"])


def discard(request: HttpRequest, kind: str) -> None:
    """The visitor throws away what they typed, or has finished."""
    draft = current(request, kind)
    if draft is not None:
        draft.delete()
    request.session[SESSION] = {
        name: ref for name, ref in request.session.get(SESSION, {}).items() if name != kind
    }


def new_code(draft: OpenDraft) -> str:
    """A code that leads back to the draft, in threes for reading. A code given before works no longer."""
    code = new_ref()
    draft.code_digest, draft.saved_at = _digest(code), clock.real_now()
    draft.save(update_fields=["code_digest", "saved_at"])
    return spaced(code)


def find(kind: str, code: str) -> OpenDraft | None:
    """The draft behind a code, however it was spaced or written."""
    plain = plain_code(code)
    return _live(kind).filter(code_digest=_digest(plain)).first() if plain else None


def spaced(code: str) -> str:
    """A reference or code as it is printed and read aloud: bcd fgh jkm npq."""
    return " ".join(code[at : at + 3] for at in range(0, len(code), 3))


def plain_code(text: str) -> str:
    """A reference or code as it is kept, from what somebody typed."""
    return "".join(letter for letter in text.lower() if letter in ALPHABET)[:40]


def _digest(code: str) -> str:
    return salted_hmac("core.open_drafts", code, algorithm="sha256").hexdigest()


def forget_old() -> int:
    """Throw away what nobody came back for. Returns how many."""
    return OpenDraft.objects.filter(saved_at__lte=clock.real_now() - KEPT).delete()[0]
