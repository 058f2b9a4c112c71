"""An assessment as the person reads it: the questions that were asked, with their answers in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.sections.questions import Questionnaire, asked, in_words
from assessments.sections.shared import IMPACT, SAFETY

# What is written about abuse and neglect may put somebody at risk where others read the copy: it is spoken about. The
# judgement is made after the person has had their say.
NOT_IN_THE_COPY = (SAFETY.slug, IMPACT.slug)


@dataclass(frozen=True)
class Read:
    """One section of the copy: its title, and each question with its answer."""

    group: str
    title: str
    rows: tuple[tuple[str, str], ...]


def for_the_person(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The answers that stand in the copy."""
    return {slug: each for slug, each in answers.items() if slug not in NOT_IN_THE_COPY}


def read(asks: Questionnaire, answers: Mapping[str, Mapping[str, Any]], *, first_name: str) -> list[Read]:
    """The copy in the order of the sections. What was not asked or not answered is left out."""
    found = []
    for slug, plan in asks.plans.items():
        given = for_the_person(answers).get(slug, {})
        rows = tuple(
            (question.label.replace("{first}", first_name), words)
            for question in asked(plan, given)
            if (words := in_words(question, given.get(question.slug)))
        )
        if rows:
            found.append(Read(plan.group.replace("{first}", first_name), plan.title, rows))
    return found
