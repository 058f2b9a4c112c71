"""What somebody without an account types is kept sealed, found again by a code, and forgotten in time."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from core import clock, open_drafts
from core.models import OpenDraft

pytestmark = pytest.mark.django_db
KIND = "tests.journey"


@pytest.fixture
def visitor():
    def make():
        request = RequestFactory().get("/")
        request.session = {}
        return request

    return make


@pytest.fixture
def draft(visitor):
    draft = open_drafts.begin(visitor(), KIND)
    open_drafts.save(draft, {"what": {"text": ["Fell twice"]}})
    return draft


def test_what_is_typed_cannot_be_read_in_the_database(draft):
    assert "Fell" not in OpenDraft.objects.get().sealed
    assert open_drafts.read(OpenDraft.objects.get()) == {"what": {"text": ["Fell twice"]}}


def test_a_code_leads_back_from_another_browser_however_it_is_written(draft):
    code = open_drafts.new_code(draft)

    assert open_drafts.find(KIND, f"  {code.upper().replace(' ', '-')} ") == draft
    assert code.replace(" ", "") not in OpenDraft.objects.get().code_digest


def test_a_code_given_before_works_no_longer_and_a_code_is_good_for_one_kind_only(draft):
    old, new = open_drafts.new_code(draft), open_drafts.new_code(draft)

    assert open_drafts.find(KIND, old) is None
    assert open_drafts.find("tests.other", new) is None
    assert open_drafts.find(KIND, "") is None
    assert open_drafts.find(KIND, new) == draft


def test_a_draft_that_was_sent_keeps_the_way_and_no_answers(draft):
    code = open_drafts.new_code(draft)

    open_drafts.sent(draft, "bcdfghjkmnpq")

    draft.refresh_from_db()
    assert (draft.sealed, draft.result, draft.code_digest) == ("", "bcdfghjkmnpq", None)
    assert open_drafts.find(KIND, code) is None


def test_what_nobody_came_back_for_is_thrown_away_after_a_week(draft, visitor):
    young = open_drafts.begin(visitor(), KIND)
    OpenDraft.objects.filter(pk=draft.pk).update(saved_at=clock.real_now() - timedelta(days=7, seconds=1))

    assert open_drafts.forget_old() == 1
    assert list(OpenDraft.objects.all()) == [young]


def test_a_visitor_has_one_draft_of_a_kind_and_may_throw_it_away(visitor):
    someone = visitor()
    open_drafts.begin(someone, KIND)
    draft = open_drafts.begin(someone, KIND)

    assert open_drafts.current(someone, KIND) == draft
    open_drafts.discard(someone, KIND)
    assert open_drafts.current(someone, KIND) is None
