"""Letters, files and services of the demo council. Every person, group and number is invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

import directory.services as directory
import documents.services as documents
from accounts.models import User
from assessments.models import Assessment
from budgets.models import PersonalBudget
from caseportal.demo.telling import Teller
from core import clock
from directory.models import Provider, ServiceEntry
from documents.models import Document, Letter
from people.models import Person
from support_plans.models import SupportPlan

Category, Whom, Cost = ServiceEntry.Category, ServiceEntry.ForWhom, ServiceEntry.Cost


def tell(teller: Teller) -> int:
    """What Peggy and Harold were given, what came in, and what anyone can find. Returns how many services there are."""
    _peggys_letters(teller)
    _harolds_letters(teller)
    return _services(teller)


def _peggys_letters(teller: Teller) -> None:
    """The decision and the plan in large print, given; the budget's letter written and not given yet."""
    peggy = Person.objects.get(family_name="Whitlow", is_service_user=True)
    assessment = Assessment.objects.get(person=peggy)
    plan = SupportPlan.objects.get(person=peggy)
    budget = PersonalBudget.objects.get(person=peggy)
    for kind, ref, days_ago, how in (
        ("eligibility_decision", assessment.ref, 7, "by_hand"),
        ("plan_copy", plan.ref, 7, "post"),
    ):
        letter = _written(teller, peggy, "Aisha Khan", kind, ref, "large_print", days_ago=days_ago)
        _given(teller, letter, "Aisha Khan", how, days_ago=days_ago)
    _written(teller, peggy, "Aisha Khan", "budget_decision", budget.ref, "large_print", days_ago=1)
    _file(
        teller, peggy, teller.users["Aisha Khan"], "Falls clinic.txt", "Report of the falls clinic", Document.Kind.HEALTH,
        "Balance class offered on Thursdays. Second rail advised at the back door. Review in three months.", days_ago=12,
    )  # fmt: skip


def _harolds_letters(teller: Teller) -> None:
    harold = Person.objects.get(family_name="Ashdown")
    plan = SupportPlan.objects.get(person=harold)
    budget = PersonalBudget.objects.get(person=harold)
    for kind, ref in (("plan_copy", plan.ref), ("budget_decision", budget.ref)):
        letter = _written(teller, harold, "Sunita Rao", kind, ref, "standard", days_ago=70)
        _given(teller, letter, "Sunita Rao", "post", days_ago=70)
    documents.ask_other_format(
        letter=letter, format="audio", by=teller.users["Harold Ashdown"], now=teller.exactly(1, 20)
    )
    _file(
        teller, harold, teller.users["Harold Ashdown"], "My pension.txt", "What my pension pays", Document.Kind.MONEY,
        "From April my pension is the same as last year. I do not see why I pay more.", days_ago=2,
    )  # fmt: skip


def _written(
    teller: Teller, person: Person, author: str, kind: str, ref: str, format_: str, *, days_ago: int
) -> Letter:
    return documents.write_letter(
        person=person,
        kind=kind,
        subject_ref=ref,
        format=format_,
        by=teller.users[author],
        now=teller.worked(days_ago, 11),
    )


def _given(teller: Teller, letter: Letter, by: str, how: str, *, days_ago: int) -> None:
    moment = teller.worked(days_ago, 12)
    documents.give_letter(
        letter=letter,
        how=how,
        on=clock.london_date(moment),
        is_made=False,
        version=None,
        by=teller.users[by],
        now=moment,
    )


def _file(
    teller: Teller, person: Person, by: User, name: str, title: str, kind: str, words: str, *, days_ago: int
) -> None:
    moment = teller.exactly(days_ago, 15)
    document = documents.store_upload(
        person=person, file=ContentFile(words.encode(), name=name), title=title, kind=kind, by=by, now=moment
    )
    documents.check(document_id=document.pk, now=moment + timedelta(minutes=1))


def _services(teller: Teller) -> int:
    for row in SERVICES:
        name, category, for_whom, summary, cost, cost_words, area, phone, how = row
        directory.publish(
            facts={
                "name": name,
                "provider": Provider.objects.filter(name=name).first(),
                "category": category,
                "for_whom": for_whom,
                "summary": summary,
                "cost": cost,
                "cost_words": cost_words,
                "area": area,
                "phone": phone,
                "how_to_get_it": how,
                "checked_on": teller.day(30),
            },
            now=teller.worked(30, 10),
        )
    return len(SERVICES)


RING = "Ring them. You do not need to be referred."
SERVICES: tuple[tuple[str, str, list[Any], str, str, str, str, str, str], ...] = (
    ("Alder Street lunch club", Category.MEALS, [Whom.OLDER], "A hot lunch and company on Tuesdays and Thursdays.",
     Cost.PAID, "£6 for lunch and pudding", "Northbridge town", "01632 960201", RING),
    ("Community meals", Category.MEALS, [], "Hot meals brought to your door, every day of the year.",
     Cost.PAID, "£5.20 a meal", "All of Northbridge", "01632 960202", RING),
    ("Northbridge carers’ centre", Category.CARERS, [Whom.CARERS],
     "Advice, breaks and a group for anyone who looks after somebody.", Cost.FREE, "", "All of Northbridge",
     "01632 960203", "Ring, or come in on a weekday morning."),
    ("Sitting service", Category.CARERS, [Whom.CARERS], "Somebody sits with the person you care for while you go out.",
     Cost.SOME, "Free for the first three hours a week", "All of Northbridge", "01632 960204", RING),
    ("Equipment store", Category.EQUIPMENT, [], "Shower chairs, rails and walking frames, lent for as long as you need.",
     Cost.FREE, "", "Hillside", "01632 960205", "Ask your worker or your nurse, or ring to try things out."),
    ("Lifeline alarm", Category.EQUIPMENT, [Whom.OLDER, Whom.PHYSICAL],
     "A button to wear that calls for help day and night.", Cost.PAID, "£4.75 a week", "All of Northbridge",
     "01632 960206", RING),
    ("Benefits and money advice", Category.MONEY, [], "A free check of what you can claim, with help to fill in the forms.",
     Cost.FREE, "", "Northbridge library", "01632 960207", "Ring for an appointment."),
    ("Speak Up advocacy", Category.ADVOCACY, [Whom.LEARNING, Whom.MENTAL_HEALTH, Whom.AUTISM],
     "Somebody independent who helps you to say what you want.", Cost.FREE, "", "All of Northbridge", "01632 960208",
     "Ring, or ask us to."),
    ("Steady on your feet", Category.STAYING_WELL, [Whom.OLDER], "Balance and strength classes for anyone who worries about falls.",
     Cost.SOME, "First ten classes free", "Riverside leisure centre", "01632 960209", RING),
    ("Memory café", Category.GETTING_OUT, [Whom.DEMENTIA, Whom.CARERS],
     "Tea, songs and advice for people with dementia and whoever comes with them.", Cost.FREE, "", "Mill Lane hall",
     "01632 960210", "Just come: Wednesdays, 2pm to 4pm."),
    ("Dial-a-ride", Category.GETTING_OUT, [Whom.PHYSICAL, Whom.OLDER], "A minibus with a lift, from your door to where you want to go.",
     Cost.PAID, "£3 each way", "All of Northbridge", "01632 960211", "Ring two days before."),
    ("Hear and see well", Category.STAYING_WELL, [Whom.SENSORY], "Hearing aid batteries, magnifiers and help to set up your phone.",
     Cost.FREE, "", "Northbridge library", "01632 960212", "Come in on the first Friday of the month."),
    ("Brookside Care at Home", Category.HOME, [], "Help with getting up, washing, meals and medicine at home.",
     Cost.PAID, "From £22 an hour", "Northbridge and villages", "01632 960213", RING),
    ("Extra care at Quarry Court", Category.HOUSING, [Whom.OLDER], "Your own flat, with carers in the building day and night.",
     Cost.PAID, "Rent and care", "Hillside", "01632 960214", "Ring to visit."),
)  # fmt: skip
