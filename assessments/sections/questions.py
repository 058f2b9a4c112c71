"""What a section and a question are, and which answers are still missing. Pure: nothing here reads the database.

`{first}` stands for the person's first name. A question with a `when` is asked only after that answer. Required
means: the assessment cannot be sent for authorisation without it; a section may be saved half done at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assessments.models import OutcomeAnswer

TEXT, YES_NO, CHOICE, CHOICES = "text", "yes_no", "choice", "choices"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Question:
    slug: str
    label: str
    kind: str = TEXT
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    required: bool = True
    when: tuple[str, tuple[str, ...]] | None = None
    max_length: int = 5000
    rows: int = 3
    layout: str = ""

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers so far lead to this question."""
        if self.when is None:
            return True
        slug, wanted = self.when
        given = answers.get(slug)
        if isinstance(given, list | tuple):
            return any(each in wanted for each in given)
        return str(given) in wanted if given is not None else False


@dataclass(frozen=True)
class SectionPlan:
    slug: str
    group: str
    title: str
    lead: str
    questions: tuple[Question, ...]
    code: str = ""

    @property
    def is_outcome(self) -> bool:
        return bool(self.code)


@dataclass(frozen=True)
class Questionnaire:
    """All that one kind of assessment asks: its sections in order, and the judgement at the end."""

    groups: tuple[str, ...]
    plans: Mapping[str, SectionPlan]
    impact: SectionPlan

    @property
    def outcomes(self) -> tuple[SectionPlan, ...]:
        return tuple(plan for plan in self.plans.values() if plan.is_outcome)

    @property
    def by_code(self) -> dict[str, SectionPlan]:
        return {plan.code: plan for plan in self.outcomes}

    @property
    def every(self) -> dict[str, SectionPlan]:
        """The sections and the judgement, by slug."""
        return {**self.plans, self.impact.slug: self.impact}

    def find(self, slug: str) -> SectionPlan | None:
        return self.every.get(slug)

    def after(self, slug: str) -> SectionPlan | None:
        """The section that comes next, in the order of the list."""
        slugs = list(self.plans)
        at = slugs.index(slug) + 1
        return self.plans[slugs[at]] if at < len(slugs) else None

    def holding(self, slug: str) -> tuple[SectionPlan, Question]:
        """The section that asks a question, by the question's slug, and the question."""
        return next(
            (plan, question)
            for plan in self.every.values()
            for question in plan.questions
            if question.slug == slug
        )


def questionnaire(
    groups: tuple[str, ...], plans: Iterable[SectionPlan], impact: SectionPlan
) -> Questionnaire:
    return Questionnaire(groups, {plan.slug: plan for plan in plans}, impact)


def is_blank(answer: Any) -> bool:
    return answer is None or answer == "" or answer == [] or (isinstance(answer, str) and not answer.strip())


def asked(plan: SectionPlan, answers: Mapping[str, Any], *, has_carer: bool = True) -> list[Question]:
    """The questions that the answers lead to. Without an unpaid carer nothing is asked about one."""
    found = [question for question in plan.questions if question.is_asked(answers)]
    if plan.is_outcome and not has_carer:
        found = [question for question in found if not question.slug.startswith("carer_")]
    return found


def needed(plan: SectionPlan, answers: Mapping[str, Any], *, has_carer: bool = True) -> list[Question]:
    """The questions that have to be answered before the assessment is sent."""
    unable = answers.get("answer") == OutcomeAnswer.Answer.UNABLE
    found = []
    for question in asked(plan, answers, has_carer=has_carer):
        # What was seen is the evidence for an outcome that counts; where somebody manages it may be left out.
        if plan.is_outcome and question.slug == "worker_view" and unable:
            question = replace(question, required=True)
        if question.required:
            found.append(question)
    return found


def unanswered(plan: SectionPlan, answers: Mapping[str, Any], *, has_carer: bool = True) -> list[Question]:
    return [each for each in needed(plan, answers, has_carer=has_carer) if is_blank(answers.get(each.slug))]


def in_words(question: Question, answer: Any) -> str:
    """An answer in words, as a page shows it."""
    labels = dict(question.choices)
    if isinstance(answer, list | tuple):
        return "; ".join(labels.get(str(each), str(each)) for each in answer)
    return labels.get(str(answer), str(answer)) if not is_blank(answer) else ""


NOT_STARTED, IN_PROGRESS, COMPLETED = "Not yet started", "In progress", "Completed"


def progress(plan: SectionPlan, answers: Mapping[str, Any] | None, *, has_carer: bool = True) -> str:
    """One of three states for the section list (screens.md, task list)."""
    if not answers or all(is_blank(answer) for answer in answers.values()):
        return NOT_STARTED
    return IN_PROGRESS if unanswered(plan, answers, has_carer=has_carer) else COMPLETED


def count_asked(
    plans: Iterable[SectionPlan], answers: Mapping[str, Mapping[str, Any]], *, has_carer: bool
) -> int:
    """How many questions an assessment has to answer, for the promise that forms stay proportionate (R5)."""
    return sum(len(needed(plan, answers.get(plan.slug, {}), has_carer=has_carer)) for plan in plans)
