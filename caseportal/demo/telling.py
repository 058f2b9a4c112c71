"""How a story of the demo council is told: through the real services, at moments counted back from today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import nhs_number

import assessments.services as assessments
import budgets.services as budgets
import contacts.services as contacts
import people.services as people
import support_plans.services as plans
from accounts.models import Team, User
from assessments.models import Assessment, OutcomeCode
from budgets.models import PersonalBudget
from contacts.models import Contact, Handover
from core import calendar, clock
from directory.models import Provider
from people.models import Person
from support_plans.models import SupportPlan

# Numbers of this range are never issued (999), and their last digit checks the others.
FIRST_NHS_STEM = 999_104_200


@dataclass(frozen=True)
class Need:
    """One outcome that somebody is unable to achieve: how much help, and what share of it a carer gives."""

    level: int
    words: str
    seen: str
    wanted: str
    carer_share: str = "0.00"
    limbs: tuple[str, ...] = ("needs_assistance",)
    carer_view: str = ""
    equipment: str = ""

    def facts(self) -> dict[str, Any]:
        return {
            "answer": "unable",
            "limbs": list(self.limbs),
            "person_words": self.words,
            "worker_view": self.seen,
            "level": str(self.level),
            "carer_share": self.carer_share,
            "carer_view": self.carer_view,
            "outcome_wanted": self.wanted,
            "equipment": self.equipment,
        }


@dataclass(frozen=True)
class Findings:
    """What an assessment found: the person's words, why they need help, who helps, and the outcomes they cannot reach."""

    matters: str
    because: str
    needs: Mapping[str, Need]
    reasons: str
    carer: str = ""
    goes_up_and_down: str = "Looked at over the last three months. Mornings are harder than afternoons."
    what_else: str = "A handrail at the back door, the community library van, and a benefits check."
    advice: str = "Ask the falls clinic about balance classes. A list of local groups was left."
    manages: Mapping[str, str] = field(default_factory=dict)
    wellbeing: tuple[str, ...] = ("DIGNITY", "HEALTH", "CONTROL")
    risks: str = "Falls. They would rather take some risk than stay in one room."

    def sections(self) -> dict[str, dict[str, Any]]:
        helpers: dict[str, Any] = {"carer": "yes" if self.carer else "no", "young_carer": "no"}
        if self.carer:
            helpers["carer_who"] = self.carer
        return {
            "matters": {"matters": self.matters, "wellbeing": list(self.wellbeing)},
            "health": {
                "impairment": "yes",
                "impairment_what": self.because,
                "fluctuation": self.goes_up_and_down,
            },
            "helpers": helpers,
            "capacity": {"capacity": "no_doubt", "difficulties": ["none"]},
            "safety": {"safeguarding": "no", "risks": self.risks},
            "consent": {
                "sharing": "yes",
                "supported_self": "no",
                "information_given": "yes",
                "what_else": self.what_else,
            },
            "impact": {"significant_impact": "yes", "reasons": self.reasons, "advice": self.advice},
        }

    def outcome(self, code: str) -> dict[str, Any]:
        if code in self.needs:
            return self.needs[code].facts()
        if code in "HJ":
            return {"answer": "not_applicable"}
        return {"answer": "achieves", "worker_view": self.manages.get(code, "Manages without help.")}


@dataclass(frozen=True)
class Line:
    """One line of a plan: which needs, how and by whom they are met, units a week and pounds a unit."""

    needs: str
    how: str
    by: str
    quantity: str
    unit: str
    unit_cost: str
    mode: str
    provider: str = ""


class Teller:
    """The council, its people, and the calendar of a story."""

    def __init__(self, *, teams: Mapping[str, Team], users: Mapping[str, User], now: datetime) -> None:
        self.teams, self.users, self.now = teams, users, now
        self.today = clock.london_date(now)
        self.holidays = calendar.england()
        self._stem = FIRST_NHS_STEM

    # Moments ------------------------------------------------------------------------------------------------------

    def day(self, days_ago: int) -> date:
        """A working day so many days ago, or the one before it."""
        return calendar.working_day_on_or_before(self.today - timedelta(days=days_ago), self.holidays)

    def worked(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """A moment in working hours, never later than now."""
        return min(self._moment(self.day(days_ago), hour, minute), self.now)

    def exactly(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """A moment on that very day, whatever day it was."""
        return min(self._moment(self.today - timedelta(days=days_ago), hour, minute), self.now)

    def _moment(self, day: date, hour: int, minute: int) -> datetime:
        return datetime.combine(day, time(hour, minute), tzinfo=clock.LONDON).astimezone(self.now.tzinfo)

    # People -------------------------------------------------------------------------------------------------------

    def nhs_number(self) -> str:
        """The next number of the range that is never issued and that nobody here has."""
        while True:
            self._stem += 1
            for digit in "0123456789":
                number = f"{self._stem}{digit}"
                if nhs_number.is_valid(number) and not Person.objects.filter(nhs_number=number).exists():
                    return number

    def person(self, given: str, family: str, born: date, *, days_ago: int, by: str, **facts: Any) -> Person:
        return people.register(
            facts={
                "given_names": given,
                "family_name": family,
                "date_of_birth": born,
                "nhs_number": self.nhs_number(),
                "nhs_number_status": Person.NhsNumberStatus.VERIFIED,
                "first_language": "English",
                "primary_support_reason": "Physical Support: Personal care support",
                **facts,
            },
            by=self.users[by],
            now=self.worked(days_ago, 9),
        )

    def given_to(self, person: Person, worker: str, *, by: str, days_ago: int, summary: str = "") -> None:
        """A manager names who works with the person."""
        manager, team = self.users[by], self.users[by].live_memberships[0].team
        people.allocate(
            person=person,
            team=team,
            worker=self.users[worker],
            handover_summary=summary,
            by=manager,
            now=self.worked(days_ago, 11),
        )

    def note(
        self, person: Person, author: str, kind: str, text: str, *, days_ago: int, hour: int = 14, **more: Any
    ) -> None:
        moment = self.worked(days_ago, hour)
        people.add_note(
            person=person,
            kind=kind,
            occurred_at=moment,
            text=text,
            by=self.users[author],
            now=min(moment + timedelta(minutes=25), self.now),
            **more,
        )

    # The front door -----------------------------------------------------------------------------------------------

    def asked(self, person: Person, *, days_ago: int, what: str, hour: int = 10, **facts: Any) -> Contact:
        """Somebody asks the front door; Priya takes it down."""
        return contacts.receive(
            person=person,
            team=self.teams["front-door"],
            by=self.users["Priya Nair"],
            now=self.worked(days_ago, hour),
            what_is_happening=what,
            **{
                "source": Contact.Source.FAMILY,
                "reason": Contact.Reason.ASSESSMENT,
                "consent": Contact.Consent.YES,
                **facts,
            },
        )

    def passed_on(self, contact: Contact, *, to: str, days_ago: int, risk: str, summary: str) -> Handover:
        """Screened, and handed to a team that has not answered yet."""
        priya = self.users["Priya Nair"]
        contacts.screen(
            contact=contact,
            safeguarding_considered="no",
            screening_summary=summary,
            risk=risk,
            version=None,
            by=priya,
            now=self.worked(days_ago, 11),
        )
        return contacts.pass_on(
            contact=contact,
            kind=Handover.Kind.ASSESSMENT,
            to_team=self.teams[to],
            summary=summary,
            version=None,
            by=priya,
            now=self.worked(days_ago, 11, 20),
        )

    # Assessments --------------------------------------------------------------------------------------------------

    def accepted(self, handover: Handover, *, worker: str | None, by: str, days_ago: int) -> Assessment:
        return assessments.accept_handover(
            handover=handover,
            assessor=self.users[worker] if worker else None,
            by=self.users[by],
            now=self.worked(days_ago, 10),
        )

    def begun(
        self, assessment: Assessment, worker: str, *, days_ago: int, method: str = "face_to_face"
    ) -> None:
        user = self.users[worker]
        assessments.start(
            assessment=assessment, assessor=user, method=method, by=user, now=self.worked(days_ago, 9, 30)
        )

    def written(
        self,
        assessment: Assessment,
        findings: Findings,
        worker: str,
        *,
        days_ago: int,
        sections: Sequence[str] | None = None,
        outcomes: str = "ABCDEFGHIJ",
    ) -> None:
        """The sections named, or all of them, in one sitting."""
        user, moment = self.users[worker], self.worked(days_ago, 14)
        for slug, answers in findings.sections().items():
            if sections is None or slug in sections:
                assessments.save_section(
                    assessment=assessment, slug=slug, answers=answers, version=None, by=user, now=moment
                )
        for code in outcomes:
            assessments.save_outcome(
                assessment=assessment,
                code=OutcomeCode(code),
                facts=findings.outcome(code),
                version=None,
                by=user,
                now=moment,
            )

    def decided(
        self, assessment: Assessment, findings: Findings, worker: str, manager: str, *, days_ago: int
    ) -> Assessment:
        """Written, read by the person, sent, authorised by somebody else, and given to the person within a week."""
        self.begun(assessment, worker, days_ago=days_ago)
        self.written(assessment, findings, worker, days_ago=days_ago)
        user = self.users[worker]
        assessments.mark_complete(assessment=assessment, version=None, by=user, now=self.worked(days_ago, 16))
        assessments.share(
            assessment=assessment, how="post", version=None, by=user, now=self.worked(days_ago, 16, 30)
        )
        assessments.record_comments(
            assessment=assessment,
            view="agrees",
            comments="Rang to say that it is right.",
            version=None,
            by=user,
            now=self.worked(days_ago - 2, 11),
        )
        assessments.submit(
            assessment=assessment,
            reasons="",
            advice="",
            version=None,
            by=user,
            now=self.worked(days_ago - 2, 12),
        )
        assessments.authorise(
            assessment=assessment, version=None, by=self.users[manager], now=self.worked(days_ago - 4, 15)
        )
        return assessments.issue(
            assessment=assessment, format="By post", by=self.users[worker], now=self.worked(days_ago - 6, 16)
        )

    def known_by(self, person: Person, worker: str, manager: str, *, what: str, days_ago: int) -> Assessment:
        """From the first call to an assessment that somebody has taken on."""
        contact = self.asked(person, days_ago=days_ago, what=what)
        team = self.users[manager].live_memberships[0].team
        handover = self.passed_on(
            contact,
            to=team.code,
            days_ago=days_ago - 1,
            risk=person.risk,
            summary="Spoke with the person on the phone. They agree to an assessment at home.",
        )
        assessment = self.accepted(handover, worker=worker, by=manager, days_ago=days_ago - 2)
        self.given_to(person, worker, by=manager, days_ago=days_ago - 2)
        return assessment

    # Plans and budgets --------------------------------------------------------------------------------------------

    def provider(self, name: str, kind: str = Provider.Kind.HOME_CARE) -> Provider:
        return Provider.objects.get_or_create(
            name=name,
            location_id="",
            defaults={
                "kind": kind,
                "phone": "01632 960170",
                "created_at": self.now,
                "updated_at": self.now,
            },
        )[0]

    def planned(
        self,
        assessment: Assessment,
        lines: Sequence[Line],
        worker: str,
        *,
        days_ago: int,
        starts_on: date,
        matters: str,
        contribution: str,
        advice: tuple[str, str],
        agreed_how: str,
        reason: tuple[str, str] = ("", ""),
    ) -> SupportPlan:
        """Drafted, costed, read and agreed by the person, and sent for approval: five days from first to last."""
        user = self.users[worker]
        moment = self.worked(days_ago, 10)
        plan = plans.draft(
            person=assessment.person, team=assessment.team, assessment=assessment, by=user, now=moment
        )
        meeting, preventing = advice
        pays_directly = any(line.mode == "direct_payment" for line in lines)
        plans.save_part(
            plan=plan,
            facts={
                "what_matters": matters,
                "advice_meeting_needs": meeting,
                "advice_preventing_needs": preventing,
                "contingency": "Ring the council’s line, day or night. A neighbour holds a spare key.",
                "direct_payment_frequency": "Every four weeks" if pays_directly else "",
                "starts_on": starts_on,
            },
            version=None,
            by=user,
            now=moment,
        )
        for line in lines:
            plans.add_item(
                plan=plan,
                facts={
                    "need_codes": list(line.needs),
                    "how_met": line.how,
                    "by": line.by,
                    "provider": self.provider(line.provider) if line.provider else None,
                    "quantity": Decimal(line.quantity),
                    "unit": line.unit,
                    "unit_cost": Decimal(line.unit_cost),
                    "mode": line.mode,
                },
                by=user,
                now=moment,
            )
        budgets.cost(
            budget=PersonalBudget.objects.get(plan=plan),
            contribution=Decimal(contribution),
            contribution_source=f"Financial assessment of {self.day(days_ago + 8):%-d %B %Y}",
            variance_reason=reason[0],
            variance_note=reason[1],
            version=None,
            by=user,
            now=self.worked(days_ago - 1, 12),
        )
        plans.send_to_person(plan=plan, version=None, by=user, now=self.worked(days_ago - 2, 9))
        plans.record_agreement(
            plan=plan, agreed=True, how=agreed_how, version=None, by=user, now=self.worked(days_ago - 4, 11)
        )
        return plans.submit(plan=plan, version=None, by=user, now=self.worked(days_ago - 5, 16, 20))

    def approved(
        self, plan: SupportPlan, manager: str, *, days_ago: int, reasons: str = ""
    ) -> PersonalBudget:
        return budgets.approve(
            budget=PersonalBudget.objects.get(plan=plan),
            reasons=reasons,
            version=None,
            by=self.users[manager],
            now=self.worked(days_ago, 14, 40),
        )

    def running(
        self, plan: SupportPlan, worker: str, manager: str, *, days_ago: int, how: str
    ) -> SupportPlan:
        """Approved, a copy given, the figures acknowledged; it starts by itself when its day has come."""
        user = self.users[worker]
        budget = self.approved(plan, manager, days_ago=days_ago)
        plans.give_copy(
            plan=plan, format="By post", on=self.day(days_ago - 2), by=user, now=self.worked(days_ago - 2, 9)
        )
        budgets.acknowledge_figures(budget=budget, how=how, by=user, now=self.worked(days_ago - 4, 10))
        plan.refresh_from_db()
        return plan
