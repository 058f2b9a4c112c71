"""Concerns for tests: valid by default, with a trait for each state; and a case walked through by the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import AccessList, Role, User
from accounts.tests.factories import (
    AccessListFactory,
    AccessListMemberFactory,
    RegistrationFactory,
    TeamFactory,
    UserFactory,
)
from core import clock
from people.models import Person
from people.tests.factories import PersonFactory
from safeguarding import services
from safeguarding.models import Concern


def safeguarding_team() -> Any:
    return TeamFactory(code="safeguarding", name="Safeguarding")


def manager_in(team: Any, *, registered: bool = True, **facts: Any) -> User:
    """A safeguarding adults manager, by default with a live registration."""
    user: User = UserFactory(role_in=(Role.SAFEGUARDING_MANAGER, team), **facts)
    if registered:
        RegistrationFactory(user=user)
    return user


def put_on_list(access_list: AccessList, *users: User) -> None:
    for user in users:
        AccessListMemberFactory(access_list=access_list, user=user)


class ConcernFactory(DjangoModelFactory):
    """A concern as it came in. `known_to=[…]` puts users on its list."""

    class Meta:
        model = Concern
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    access_list = factory.SubFactory(AccessListFactory, purpose="safeguarding")
    channel = Concern.Channel.STAFF
    source = Concern.Source.FAMILY
    what_happened = "Money is missing from her purse every Friday."
    consent = Concern.Consent.YES
    received_at = factory.LazyFunction(lambda: clock.now() - timedelta(hours=1))
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        unmatched = factory.Trait(
            person=None, adult_given_names="Ida", adult_family_name="Marsh", adult_address="2 Mill Lane"
        )
        looked_at = factory.Trait(
            immediate_action="She is with her sister tonight.",
            risk="medium",
            crime="no",
            child_at_risk="no",
            referrer_acknowledged="By phone",
            screened_at=factory.LazyFunction(clock.now),
            screened_by=factory.SubFactory(UserFactory),
        )
        over = factory.Trait(
            ended_at=factory.LazyFunction(clock.now),
            ended_by=factory.SubFactory(UserFactory),
            end_reason="It is over.",
            looked_at=True,
        )
        concern_received = factory.Trait(status="concern_received")
        screened = factory.Trait(status="screened", looked_at=True)
        info_gathering = factory.Trait(status="info_gathering", looked_at=True)
        s42_decision = factory.Trait(status="s42_decision", looked_at=True)
        enquiry_planning = factory.Trait(status="enquiry_planning", looked_at=True)
        enquiry = factory.Trait(status="enquiry", looked_at=True)
        outcomes = factory.Trait(status="outcomes", looked_at=True)
        plan_active = factory.Trait(status="plan_active", looked_at=True)
        plan_review = factory.Trait(status="plan_review", looked_at=True)
        reopened = factory.Trait(status="reopened", looked_at=True, reopened_because="There is more.")
        not_safeguarding = factory.Trait(status="not_safeguarding", over=True, disposition="advice")
        nfa = factory.Trait(status="nfa", over=True, disposition="assessment")
        closed = factory.Trait(status="closed", over=True, sar_considered="not_met")
        transferred_la = factory.Trait(status="transferred_la", over=True, other_council="Southbridge")
        ceased_at_request = factory.Trait(status="ceased_at_request", over=True)
        duplicate = factory.Trait(
            status="duplicate",
            over=True,
            duplicate_of=factory.SubFactory("safeguarding.tests.factories.ConcernFactory"),
        )

    @factory.post_generation
    def known_to(self, create: bool, users: list[User] | None, **_: Any) -> None:
        if create and users:
            put_on_list(self.access_list, *users)


class Staff:
    """Those who work with concerns in this council."""

    def __init__(self) -> None:
        self.team = safeguarding_team()
        self.manager = manager_in(self.team, name="Nadia Manager")
        self.second = manager_in(self.team, name="Second Manager")
        self.duty = UserFactory(worker_in=self.team, name="Duty Worker")
        self.lead = UserFactory(worker_in=TeamFactory(), name="Lead Elsewhere")
        self.head = UserFactory(role_in=(Role.SERVICE_MANAGER, TeamFactory(service="Adult social care")))


class Case:
    """One case walked through by the services, as far as a test wants to go: each step by the right user."""

    def __init__(self, person: Person | None = None, *, staff: Staff | None = None, **facts: Any) -> None:
        self.now = clock.now()
        staff = staff or Staff()
        self.team, self.manager, self.second = staff.team, staff.manager, staff.second
        self.duty, self.lead, self.head = staff.duty, staff.lead, staff.head
        self.person = person or PersonFactory()
        self.concern = services.raise_concern(
            **{
                "person": self.person,
                "what_happened": "Money is missing from her purse every Friday.",
                "source": "family",
                "consent": "yes",
                "by": None,
                "now": self.now,
                **facts,
            }
        )

    def do(self, service: Any, by: User, **facts: Any) -> Case:
        self.concern = service(
            concern=self.concern, version=None, by=by, now=facts.pop("now", clock.now()), **facts
        )
        return self

    def screened(self, **more: Any) -> Case:
        return self.do(
            services.screen, self.duty,
            **{
                "immediate_action": "She is with her sister tonight.", "risk": "medium", "crime": "no",
                "police_reference": "", "child_at_risk": "no", "child_referral": "",
                "referrer_acknowledged": "By phone", **more,
            },
        )  # fmt: skip

    def heard(self) -> Case:
        self.do(services.add_wish, self.duty, text="I want it to stop.", expressed_by="adult")
        self.do(
            services.record_voice, self.duty, spoken_to="yes", why_not_spoken_to="", outcomes_asked="expressed",
            consent="yes", consent_limits="", override="", override_reason="", told_of_override="",
        )  # fmt: skip
        self.do(services.add_risk, self.duty, kind="FIN", location="own_home", source="known", detail="")
        return self.do(
            services.record_capacity, self.duty, capacity_doubted="no", lacked_capacity="no", capacity_supported="",
            advocacy="declined", advocacy_kind="", advocacy_reason="",
        )  # fmt: skip

    def decided(self, a: str = "yes", b: str = "yes", c: str = "yes", by: User | None = None) -> Case:
        if not self.concern.screened_at:
            self.screened()
        if not self.concern.spoken_to:
            self.heard()
        return self.do(
            services.decide, by or self.manager, limb_a=a, reason_a="Needs help daily.", limb_b=b,
            reason_b="Statement seen.", limb_c=c, reason_c="Cannot go to the bank.",
        )  # fmt: skip

    def planned(self, **more: Any) -> Case:
        if self.concern.status != "s42_decision":
            self.decided()
        return self.do(
            services.plan_enquiry,
            self.manager,
            **{"lead": self.lead, "risk": "medium", "why_other": "", **more},
        )

    def started(self) -> Case:
        return self.planned().do(
            services.start_enquiry, self.manager, questions="Who took it?", who_does_what="Lead sees her.",
            sharing_basis="Consent.", discussed_on=clock.today(), discussed_with="The police",
        )  # fmt: skip

    def outcome_facts(self, **more: Any) -> dict[str, Any]:
        return {
            "findings": "The nephew took it.", "had_needs": "yes", "was_at_risk": "yes", "was_unable": "yes",
            "action_needed": "yes", "risk_result": "RI_AT", "risk_outcome": "reduced", "outcomes_asked": "expressed",
            "outcomes_achieved": "fully",
            "risks": {risk.ref: "reduced" for risk in self.concern.risks.all()},
            "wishes": {wish.ref: "fully" for wish in self.concern.wishes.all()},
            "alleged": {row.ref: "Warned by the police" for row in self.concern.alleged.all()},
            **more,
        }  # fmt: skip

    def concluded(self, **more: Any) -> Case:
        self.started()
        return self.do(services.conclude, self.lead, **self.outcome_facts(**more))

    def protected(self, weeks: int = 6) -> Case:
        return self.concluded().do(
            services.protect, self.manager, steps="She holds her own card.", support="", service_changes="",
            justice="", ongoing_risk="Worker rings weekly.", action="New card", action_outcome="Safe money",
            action_owner="Lead", action_due_on=clock.today(),
            review_on=clock.today() + timedelta(weeks=weeks),
        )  # fmt: skip

    def ready_to_close(self) -> Case:
        self.concluded()
        self.do(services.do_without_plan, self.manager, reason="He has moved away.")
        self.do(services.tell, self.duty, adult_told="Rang her", referrer_told="Thanked")
        return self.do(
            services.consider_review, self.manager, sar_considered="not_met", sar_reason="No serious harm."
        )

    def closed(self) -> Case:
        return self.ready_to_close().do(services.close, self.manager, end_reason="She is safe.")
