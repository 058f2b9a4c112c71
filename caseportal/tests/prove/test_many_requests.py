"""The long form: a thousand requests, or concerns, in parallel are a thousand references and a thousand rows."""

from __future__ import annotations

import time

import pytest

from accounts.tests.factories import TeamFactory, UserFactory
from caseportal.tests.many_requests import THREADS, at_once
from contacts.models import OnlineRequest
from core.models import Outbox
from safeguarding.models import Concern
from safeguarding.tests.factories import manager_in, safeguarding_team
from safeguarding.tests.test_public import ANSWERS
from safeguarding.views.public import JOURNEY as CONCERN
from worklist.models import Notification

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.real_database]
MANY = 1000


def test_a_thousand_requests_in_parallel_lose_and_double_nothing(proved):
    UserFactory(worker_in=TeamFactory(front_door=True))
    began = time.perf_counter()

    references = at_once(MANY)

    took = time.perf_counter() - began
    assert len(references) == len(set(references)) == MANY
    assert set(references) == set(OnlineRequest.objects.values_list("ref", flat=True))
    assert Outbox.objects.filter(kind="contacts.acknowledge").count() == MANY
    assert Notification.objects.in_portal().count() == MANY
    proved("requests from the website in parallel", trials=MANY, threads=THREADS, seconds=round(took, 1))


def test_a_thousand_concerns_in_parallel_lose_and_double_nothing(proved):
    manager_in(safeguarding_team())
    began = time.perf_counter()

    references = at_once(MANY, CONCERN, dict(ANSWERS))

    took = time.perf_counter() - began
    assert len(references) == len(set(references)) == MANY
    assert set(references) == set(Concern.objects.values_list("ref", flat=True))
    assert Outbox.objects.filter(kind="safeguarding.received").count() == MANY
    proved("concerns from the website in parallel", trials=MANY, threads=THREADS, seconds=round(took, 1))
