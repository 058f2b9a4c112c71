"""Every action in every state for every role: what moves, what is too late, and who is refused with which reason."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Role
from accounts.tests.factories import TeamFactory, UserFactory
from contacts import workflow
from contacts.models import Contact, Handover, OnlineRequest
from contacts.permissions import can_record_contact
from core.workflow import WrongState

pytestmark = pytest.mark.django_db

#                mark_urgent  screen      pass_on    close_with_advice  end_by_death
CONTACTS = {
    "received": ("urgent", "screened", None, None, "closed_ia"),
    "urgent": (None, "screened", None, None, "closed_ia"),
    "screened": ("urgent", None, "waiting", "closed_ia", "closed_ia"),
    "waiting": (None, None, None, None, None),
    "allocated": (None, None, None, None, None),
    "closed_ia": (None, None, None, None, None),
}
#               accept      return
HANDOVERS = {
    "open": ("accepted", "returned"),
    "accepted": (None, None),
    "returned": (None, None),
}
#               match      set_aside
ONLINE = {
    "received": ("matched", "set_aside"),
    "matched": (None, None),
    "set_aside": (None, None),
}
FRONT_DOOR = {Role.PRACTITIONER, Role.SOCIAL_WORKER, Role.OCCUPATIONAL_THERAPIST, Role.TEAM_MANAGER}
ANSWERS = {
    "assessment": FRONT_DOOR,
    "carer_assessment": FRONT_DOOR,
    "reablement": {Role.REABLEMENT_LEAD, Role.TEAM_MANAGER},
    "safeguarding": {Role.SAFEGUARDING_MANAGER, Role.TEAM_MANAGER},
}


def test_the_tables_name_every_state_and_every_action():
    assert set(CONTACTS) == set(Contact.Status.values)
    assert set(HANDOVERS) == set(Handover.Status.values)
    assert set(ONLINE) == set(OnlineRequest.Status.values)
    assert {len(row) for row in ONLINE.values()} == {len(workflow.ONLINE_REQUEST_ACTIONS)}
    assert {len(row) for row in CONTACTS.values()} == {len(workflow.ACTIONS)}
    assert {len(row) for row in HANDOVERS.values()} == {len(workflow.HANDOVER_ACTIONS)}
    assert set(ANSWERS) == set(Handover.Kind.values)


@pytest.fixture
def team(db):
    return TeamFactory(front_door=True)


@pytest.fixture
def staff(team):
    """One user for each role in the team, and one for each role in another team."""
    elsewhere = TeamFactory(front_door=True)
    return {
        (role, place): UserFactory(role_in=(role, place))
        for role in Role.values
        for place in (team, elsewhere)
    }


@pytest.mark.parametrize("state", CONTACTS)
def test_a_contact_moves_only_as_the_table_says_and_only_for_the_front_door_that_holds_it(state, staff, team):
    everybody = {**staff, ("the machine", team): UserFactory(machine=True)}
    for (name, action), target in zip(workflow.ACTIONS.items(), CONTACTS[state], strict=True):
        by_machine = name == "end_by_death"
        for (role, place), user in everybody.items():
            contact = Contact(status=state, team=team)
            said = f"{name} in {state} by {role} of {'the team' if place == team else 'another team'}"
            may = role == "the machine" if by_machine else role in FRONT_DOOR and place == team
            why = "ends by itself" if by_machine else f"duty worker or the manager of {team.name}"
            assert action.is_open_to(user, contact) == (may and target is not None), said
            if not may:
                with pytest.raises(PermissionDenied, match=why):
                    action.apply(contact, by=user)
            elif target is None:
                with pytest.raises(WrongState, match=contact.get_status_display()):
                    action.apply(contact, by=user)
            else:
                action.apply(contact, by=user)
            assert contact.status == (target if may and target else state), said


@pytest.mark.parametrize("kind", Handover.Kind.values)
@pytest.mark.parametrize("state", HANDOVERS)
def test_a_handover_is_answered_only_by_the_receiving_team_and_the_roles_of_its_kind(
    state, kind, staff, team
):
    sender = UserFactory()
    for (name, action), target in zip(workflow.HANDOVER_ACTIONS.items(), HANDOVERS[state], strict=True):
        for (role, place), user in staff.items():
            handover = Handover(status=state, kind=kind, to_team=team, passed_by=sender)
            said = f"{name} {kind} in {state} by {role} of {'the team' if place == team else 'another team'}"
            may = role in ANSWERS[kind] and place == team
            assert action.is_open_to(user, handover) == (may and target is not None), said
            if not may:
                with pytest.raises(PermissionDenied, match=f"Only {team.name} can accept or return"):
                    action.apply(handover, by=user)
            elif target is None:
                with pytest.raises(WrongState):
                    action.apply(handover, by=user)
            else:
                action.apply(handover, by=user)
            assert handover.status == (target if may and target else state), said


@pytest.mark.parametrize("kind", Handover.Kind.values)
def test_whoever_passed_it_on_never_answers_even_as_manager_of_the_receiving_team(kind, team):
    manager = UserFactory(manager_of=team)
    handover = Handover(status="open", kind=kind, to_team=team, passed_by=manager)

    for action in workflow.HANDOVER_ACTIONS.values():
        with pytest.raises(PermissionDenied, match="Whoever passed this on"):
            action.apply(handover, by=manager)


def test_everybody_who_works_with_people_takes_down_a_contact_and_nobody_else(staff):
    may = {role for (role, _), user in staff.items() if can_record_contact(user)}

    assert may == set(Role.values) - {
        Role.FINANCE_OFFICER,
        Role.DIRECT_PAYMENTS_OFFICER,
        Role.ANALYST,
        Role.INFORMATION_OFFICER,
        Role.ADMINISTRATOR,
    }
    assert not can_record_contact(UserFactory(public=True))
    assert can_record_contact(UserFactory(machine=True))


@pytest.mark.parametrize("state", ONLINE)
def test_a_request_from_the_website_is_decided_only_by_the_front_door_that_holds_it(state, staff, team):
    for (name, action), target in zip(workflow.ONLINE_REQUEST_ACTIONS.items(), ONLINE[state], strict=True):
        for (role, place), user in staff.items():
            online = OnlineRequest(status=state, team=team)
            said = f"{name} in {state} by {role} of {'the team' if place == team else 'another team'}"
            may = role in FRONT_DOOR and place == team
            assert action.is_open_to(user, online) == (may and target is not None), said
            if not may:
                with pytest.raises(PermissionDenied, match=f"duty worker or the manager of {team.name}"):
                    action.apply(online, by=user)
            elif target is None:
                with pytest.raises(WrongState):
                    action.apply(online, by=user)
            else:
                action.apply(online, by=user)
            assert online.status == (target if may and target else state), said
