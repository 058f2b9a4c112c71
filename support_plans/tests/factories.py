"""Plans for tests: valid by default, with a trait for each state. `finished_assessment` stands under them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import Team, User
from accounts.tests.factories import TeamFactory, UserFactory
from assessments.models import Assessment, EligibilityDetermination, OutcomeAnswer
from core import clock
from directory.models import Provider
from people.models import Origin, Person
from people.tests.factories import PersonFactory
from support_plans.models import Mode, PlanItem, Review, SupportPlan

# The sixth worked example of domain/money.md: level of help and the carer's share, by outcome.
EXAMPLE = {
    "A": (2, "0"),
    "B": (3, "0.5"),
    "C": (2, "0"),
    "D": (2, "0.25"),
    "E": (1, "0"),
    "F": (2, "1"),
    "G": (1, "0"),
    "I": (2, "0"),
}
TWO_NEEDS = {"A": (2, "0"), "B": (1, "0")}


def finished_assessment(
    *,
    person: Person,
    team: Team,
    assessor: User | None = None,
    answers: dict[str, tuple[int, str]] | None = None,
    kind: str = Assessment.Kind.NEEDS,
) -> Assessment:
    """An authorised assessment that found eligible needs."""
    now = clock.now()
    assessor = assessor or UserFactory(worker_in=team)
    authoriser = UserFactory(manager_of=team)
    answers = TWO_NEEDS if answers is None else answers
    assessment = Assessment.objects.create(
        person=person,
        team=team,
        kind=kind,
        method=Assessment.Method.FACE_TO_FACE,
        status=Assessment.Status.AUTHORISED,
        requested_on=clock.london_date(now) - timedelta(days=20),
        started_on=clock.london_date(now) - timedelta(days=14),
        assessor=assessor,
        submitted_at=now,
        submitted_by=assessor,
        authorised_at=now,
        authorised_by=authoriser,
        created_at=now,
        updated_at=now,
    )
    OutcomeAnswer.objects.bulk_create(
        OutcomeAnswer(
            assessment=assessment,
            code=code,
            answer=OutcomeAnswer.Answer.UNABLE,
            limbs=["needs_assistance"],
            outcome_wanted="To eat well and keep my own routine",
            level=level,
            carer_share=Decimal(share),
            saved_at=now,
            saved_by=assessor,
        )
        for code, (level, share) in answers.items()
    )
    EligibilityDetermination.objects.create(
        assessment=assessment,
        person=person,
        arises_from_impairment=True,
        unable_codes=sorted(answers),
        significant_impact=True,
        result=EligibilityDetermination.Result.ELIGIBLE,
        reasons="Unable to achieve these outcomes because of arthritis",
        made_by=assessor,
        made_at=now,
        authorised_by=authoriser,
        authorised_at=now,
    )
    return assessment


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider

    name = factory.Sequence(lambda number: f"Brookside Care at Home {number}")
    kind = Provider.Kind.HOME_CARE
    location_id = factory.Sequence(lambda number: f"1-{900000000 + number}")
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        closed = factory.Trait(is_active=False)


NEEDS = [
    {"code": "A", "need": "Eating and drinking", "eligible": True, "outcome_wanted": "To eat well"},
    {"code": "B", "need": "Personal hygiene", "eligible": True, "outcome_wanted": "To wash every day"},
]


class SupportPlanFactory(DjangoModelFactory):
    """A plan row as it stands in a state. Its assessment and lines are made only where a test asks for them."""

    class Meta:
        model = SupportPlan

    person = factory.SubFactory(PersonFactory)
    team = factory.SubFactory(TeamFactory)
    prepared_by = factory.LazyAttribute(lambda plan: UserFactory(worker_in=plan.team))
    needs = factory.LazyFunction(lambda: [dict(need) for need in NEEDS])
    what_matters = "My own kitchen, and seeing my friends on Tuesdays"
    advice_meeting_needs = "The lunch club at the library"
    advice_preventing_needs = "The falls exercise class"
    starts_on = factory.LazyFunction(clock.today)
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        costed = factory.Trait(
            indicative_weekly=Decimal("95.00"),
            total_weekly=Decimal("90.00"),
            council_weekly=Decimal("90.00"),
            person_weekly=Decimal("0.00"),
        )
        draft = factory.Trait(status=SupportPlan.Status.DRAFT)
        with_person = factory.Trait(costed=True, status=SupportPlan.Status.WITH_PERSON)
        agreed = factory.Trait(
            costed=True,
            status=SupportPlan.Status.AGREED,
            agreed_on=factory.LazyFunction(clock.today),
            agreed_how="On a visit",
        )
        disagreed = factory.Trait(
            costed=True,
            status=SupportPlan.Status.DISAGREED,
            agreed_how="On a visit",
            disagreement="Wants evenings, not mornings",
        )
        submitted = factory.Trait(
            agreed=True,
            status=SupportPlan.Status.SUBMITTED,
            submitted_at=factory.LazyFunction(clock.now),
            submitted_by=factory.SelfAttribute("prepared_by"),
        )
        returned = factory.Trait(
            agreed=True, status=SupportPlan.Status.RETURNED, return_reason="Say who stands in at weekends"
        )
        approved = factory.Trait(
            submitted=True,
            status=SupportPlan.Status.APPROVED,
            approved_at=factory.LazyFunction(clock.now),
            approved_by=factory.LazyAttribute(lambda plan: UserFactory(manager_of=plan.team)),
        )
        active = factory.Trait(
            approved=True,
            status=SupportPlan.Status.ACTIVE,
            copy_given_on=factory.LazyFunction(clock.today),
            copy_format="Large print",
            figures_acknowledged_on=factory.LazyFunction(clock.today),
            active_from=factory.LazyFunction(clock.today),
            next_review_on=factory.LazyFunction(lambda: clock.today() + timedelta(days=42)),
        )
        superseded = factory.Trait(
            active=True,
            status=SupportPlan.Status.SUPERSEDED,
            ended_on=factory.LazyFunction(clock.today),
            next_review_on=None,
        )
        ended = factory.Trait(
            status=SupportPlan.Status.ENDED,
            ended_on=factory.LazyFunction(clock.today),
            end_reason="No longer needed",
        )
        imported = factory.Trait(
            origin=Origin.IMPORTED,
            status=SupportPlan.Status.ACTIVE,
            needs=[],
            what_matters="",
            advice_meeting_needs="",
            advice_preventing_needs="",
            active_from=date(2024, 4, 1),
            starts_on=date(2024, 4, 1),
            next_review_on=factory.LazyFunction(lambda: clock.today() + timedelta(days=30)),
            prepared_by=None,
        )


class PlanItemFactory(DjangoModelFactory):
    class Meta:
        model = PlanItem

    plan = factory.SubFactory(SupportPlanFactory)
    person = factory.SelfAttribute("plan.person")
    need_codes = factory.LazyFunction(lambda: ["A", "B"])
    outcome_wanted = "To eat well"
    how_met = "A personal assistant, four mornings"
    by = PlanItem.By.PERSONAL_ASSISTANT
    quantity = Decimal("6.00")
    unit = "hour"
    unit_cost = Decimal("15.00")
    cost_weekly = Decimal("90.00")
    mode = Mode.DIRECT_PAYMENT
    costed_by = factory.SelfAttribute("plan.prepared_by")
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        by_family = factory.Trait(
            by=PlanItem.By.FAMILY,
            how_met="A daughter cooks at weekends",
            quantity=None,
            unit="",
            unit_cost=None,
            cost_weekly=Decimal("0.00"),
            mode="",
        )
        removed = factory.Trait(removed_at=factory.LazyFunction(clock.now))


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review

    plan = factory.SubFactory(SupportPlanFactory, active=True)
    person = factory.SelfAttribute("plan.person")
    team = factory.SelfAttribute("plan.team")
    kind = Review.Kind.ANNUAL
    due_on = factory.LazyFunction(lambda: clock.today() + timedelta(days=10))
    created_at = factory.LazyFunction(clock.now)
    updated_at = factory.LazyFunction(clock.now)

    class Params:
        scheduled = factory.Trait(status=Review.Status.SCHEDULED)
        invited = factory.Trait(status=Review.Status.INVITED, invited_on=factory.LazyFunction(clock.today))
        held = factory.Trait(
            status=Review.Status.HELD,
            held_on=factory.LazyFunction(clock.today),
            held_by=factory.SubFactory(UserFactory),
        )
        written_up = factory.Trait(
            held=True,
            status=Review.Status.WRITTEN_UP,
            working="The mornings go well",
            outcomes_achieved=Review.Achieved.PARTIALLY,
            budget_still_right="yes",
        )
        closed = factory.Trait(
            written_up=True,
            status=Review.Status.CLOSED,
            outcome=Review.Outcome.UNCHANGED,
            closed_at=factory.LazyFunction(clock.now),
            closed_by=factory.SubFactory(UserFactory),
        )
        missed = factory.Trait(status=Review.Status.MISSED)
        declined = factory.Trait(status=Review.Status.DECLINED, declined_because="Held two weeks ago")
        cancelled = factory.Trait(status=Review.Status.CANCELLED)


def traits(factory_class: Any) -> list[str]:
    return sorted(factory_class._meta.parameters)
