"""Reading what an assessment says: answers by section and question, those of last time, and what they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from assessments import eligibility, sections
from assessments.models import Assessment, OutcomeAnswer, Section
from assessments.sections import SectionPlan


@dataclass
class Written:
    """One section as it stands: the answers, its version (0 while nothing is saved), by whom and when."""

    plan: SectionPlan
    answers: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    version: int = 0
    saved_at: datetime | None = None
    saved_by: Any = None


def of_outcome(row: OutcomeAnswer) -> dict[str, Any]:
    """An outcome in the shape of the questions."""
    share = row.carer_share
    return {
        "person_words": row.person_words,
        "answer": row.answer,
        "limbs": list(row.limbs),
        "worker_view": row.worker_view,
        "level": "" if row.level is None else str(row.level),
        "carer_share": "" if share is None else f"{Decimal(share):.2f}",
        "carer_view": row.carer_view,
        "outcome_wanted": row.outcome_wanted,
        "equipment": row.equipment,
    }


def written(plan: SectionPlan, row: Section | OutcomeAnswer | None) -> Written:
    if row is None:
        return Written(plan)
    said = of_outcome(row) if isinstance(row, OutcomeAnswer) else dict(row.answers)
    return Written(plan, said, dict(row.kept), row.version, row.saved_at, row.saved_by)


class Answers:
    """All that an assessment says, in two queries."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.asks = sections.of(assessment)
        rows: dict[str, Section | OutcomeAnswer] = {}
        for section in assessment.sections.select_related("saved_by").order_by("pk"):
            rows[section.slug] = section
        for outcome in assessment.outcome_answers.select_related("saved_by").order_by("code"):
            rows[self.asks.by_code[outcome.code].slug] = outcome
        self.by_slug = {slug: written(plan, rows.get(slug)) for slug, plan in self.asks.every.items()}

    def __getitem__(self, slug: str) -> Written:
        return self.by_slug[slug]

    def get(self, slug: str, question: str) -> Any:
        return self.by_slug[slug].answers.get(question, "") if slug in self.by_slug else ""

    @property
    def has_carer(self) -> bool:
        """Whether anything is asked about a carer: until somebody said no, it is."""
        return self.get("helpers", "carer") != sections.NO

    def progress(self, slug: str) -> str:
        return sections.progress(
            self.by_slug[slug].plan, self.by_slug[slug].answers, has_carer=self.has_carer
        )

    def yes_no(self, slug: str, question: str) -> bool | None:
        return {sections.YES: True, sections.NO: False}.get(self.get(slug, question))

    def determine(self) -> eligibility.Worked:
        """The decision as far as the answers go."""
        answers = {plan.code: self._outcome(plan) for plan in self.asks.outcomes}
        significant_impact = self.yes_no("impact", "significant_impact")
        if self.assessment.is_about_a_carer:
            return eligibility.determine_carer(
                arises_from_caring=self.yes_no("caring", "necessary_care"),
                health_at_risk=self.yes_no("wellbeing", "health_at_risk"),
                answers=answers,
                significant_impact=significant_impact,
            )
        return eligibility.determine(
            arises_from_impairment=self.yes_no("health", "impairment"),
            answers=answers,
            significant_impact=significant_impact,
        )

    def _outcome(self, plan: SectionPlan) -> eligibility.OutcomeAnswered:
        said = self.by_slug[plan.slug].answers
        return eligibility.OutcomeAnswered(
            answer=said.get("answer", ""),
            limbs=said.get("limbs", []),
            evidence=said.get("worker_view") or said.get("person_words", ""),
        )

    def snapshot(self) -> dict[str, Any]:
        """The answers as they stood when the decision was made, kept beside it."""
        return {slug: each.answers for slug, each in self.by_slug.items() if each.answers}


@dataclass(frozen=True)
class Missing:
    """One thing that has to be there before the assessment is sent, and the section in which it is put right."""

    slug: str
    title: str
    words: str


def missing_in_sections(answers: Answers, *, first_name: str) -> list[Missing]:
    """What is missing before the draft is complete: every section, without the judgement at the end."""
    found = []
    for slug, plan in answers.asks.plans.items():
        for question in sections.unanswered(plan, answers[slug].answers, has_carer=answers.has_carer):
            found.append(Missing(slug, plan.title, question.label.replace("{first}", first_name)))
    method = answers.assessment.method
    wants_to_do_it = answers.get("consent", "supported_self") == sections.YES
    can_take_part = answers.get("capacity", "capacity") != "lacks"
    if wants_to_do_it and can_take_part and method != Assessment.Method.SUPPORTED_SELF:
        words = f"{first_name} wants to do it themself with support, so the way of assessing has to be that"
        found.append(Missing("consent", answers.asks.plans["consent"].title, words))
    return found


def missing(answers: Answers, *, first_name: str) -> list[Missing]:
    """What is missing before an assessment can be sent (care-act.md 4.7), in the order of the sections."""
    found = missing_in_sections(answers, first_name=first_name)
    impact = sections.IMPACT
    for question in sections.unanswered(impact, answers[impact.slug].answers):
        found.append(
            Missing(impact.slug, "Is the person eligible?", question.label.replace("{first}", first_name))
        )
    without_advice = sections.is_blank(answers.get(impact.slug, "advice"))
    if answers.determine().result == eligibility.NOT_ELIGIBLE and without_advice:
        words = "Written advice on what else can meet, reduce or prevent the needs"
        found.append(Missing(impact.slug, "Is the person eligible?", words))
    return found
