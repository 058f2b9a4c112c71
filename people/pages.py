"""What every page about a person begins with: may they be opened, who looks, and the bar with their name."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.requests import SignedInApiRequest, SignedInRequest
from audit import services as audit
from core import clock
from people import permissions
from people.models import Address, Allocation, Person, Risk
from people.querysets import on_my_lists

RISK_TAGS = {
    Risk.HIGH: ("High risk", "red"),
    Risk.MEDIUM: ("Medium risk", "orange"),
    Risk.STANDARD: ("Standard risk", "grey"),
}
MOST_TAGS = 3
# What money staff are told beside the name: facts for a letter or a call, nothing of risk or care.
OF_IDENTITY = frozenset({"Has died", "Restricted record", "Needs an interpreter"})


def open_person(request: SignedInRequest | SignedInApiRequest, ref: str) -> Person:
    """The person behind a reference, for this page. Who looks, and at which page, is written down before anything
    is shown. Raises Http404 for a person the user may not know of."""
    person = get_object_or_404(Person.objects.visible_to(request.user).with_identity(), ref=ref)
    match = request.resolver_match
    audit.record_view(
        person_id=person.pk,
        by=request.user,
        page=match.view_name if match else "",
        access_list_id=person.access_list_id,
    )
    return person


def _was_read_with_identity(person: Person) -> bool:
    """Whether `with_identity()` read the person: then a home or lead that is not there does not exist."""
    return hasattr(person, "has_carer")


def home_of(person: Person) -> Address | None:
    """The home of today."""
    if _was_read_with_identity(person):
        return getattr(person, "present_home", None)
    return Address.objects.filter(person=person, use=Address.Use.HOME, valid_to=None).first()


def lead_of(person: Person) -> Allocation | None:
    """Who is responsible today: a worker of a team, or the team alone."""
    if _was_read_with_identity(person):
        return getattr(person, "present_lead", None)
    lead = Allocation.objects.filter(person=person, role=Allocation.Role.LEAD, valid_to=None)
    return lead.select_related("worker", "team").first()


def home_for(person: Person, user: User) -> tuple[str, bool]:
    """Where the person lives in words, and whether the user may not see it (a refuge, for example)."""
    home = home_of(person)
    if home is None:
        return "", False
    if home.is_confidential and not permissions.can_see_confidential_home(user, person, lead_of(person)):
        return "", True
    if home.no_fixed_abode and not home.lines:
        return "No fixed abode", False
    return ", ".join(part for part in (home.lines.replace("\n", ", "), home.postcode) if part), False


def tags_of(person: Person) -> list[tuple[str, str]]:
    """The gravest first: words and the colour that repeats them."""
    tags = []
    if person.is_deceased:
        tags.append(("Has died", "grey"))
    tags.append(RISK_TAGS[Risk(person.risk)])
    if person.level != Person.Level.STANDARD:
        tags.append(("Restricted record", "purple"))
    if getattr(person, "has_carer"):  # noqa: B009 an annotation, unknown to types
        tags.append(("Has an unpaid carer", "blue"))
    if person.is_carer:
        tags.append(("Is an unpaid carer", "blue"))
    if person.interpreter_needed:
        tags.append(("Needs an interpreter", "blue"))
    return tags


def identity(person: Person, user: User) -> dict[str, Any]:
    """What `people/_identity.html` and `people/_sub_navigation.html` need: merge it into the page's context.

    Two queries (warnings, communication needs) for a person from `open_person` or `with_identity()`, else three.
    """
    if not _was_read_with_identity(person):
        person = Person.objects.with_identity().get(pk=person.pk)
    today = clock.today()
    opens_case = bool(permissions.can_read_case(user))
    lead = lead_of(person)
    home, home_is_hidden = home_for(person, user)
    warnings = person.warnings.filter(
        on_my_lists(user), closed_at=None, starts_on__lte=today, ends_on__gte=today
    )
    return {
        "person": person,
        "identity": {
            "age": person.age_on(person.date_of_death or today),
            "needs": list(person.communication_needs.filter(ended_on=None).order_by("category", "pk")),
            "warnings": list(warnings.order_by("ends_on", "pk")),
            "lead": lead,
            "home": home,
            "home_is_hidden": home_is_hidden,
            "tags": [tag for tag in tags_of(person) if opens_case or tag[0] in OF_IDENTITY][:MOST_TAGS],
            "opens_case": opens_case,
        },
    }
