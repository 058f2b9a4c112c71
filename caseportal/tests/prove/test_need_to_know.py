"""The long form: everybody who may not know of a case, at every address, for every kind of row of the case."""

from __future__ import annotations

import sys

import pytest

from caseportal.tests.canary.walk import strangers
from caseportal.tests.canary.worlds import both_worlds, put_back
from people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_no_stranger_finds_a_trace_of_a_case_at_any_address(proved):
    with put_back():
        people, requests = list(strangers(PersonFactory())), 0
    for who in people:
        with put_back():
            seen = both_worlds(who, every_row=True)
        requests += seen.requests
        sys.stderr.write(f"{who}: {seen.requests} requests\n")
        assert [seen.failures, seen.leaks, seen.logged, seen.different] == [[], {}, [], []], who
    proved("walks of strangers through both worlds", trials=len(people), requests=requests, traces=0)
