"""Every factory, in every state, makes a valid record."""

import pytest

from accounts.models import ASSESSING_ROLES, Role
from accounts.tests import factories
from accounts.tests.factories import TeamFactory, UserFactory
from accounts.tests.helpers import api_client, signed_in_client

pytestmark = pytest.mark.django_db

FACTORIES = [
    factories.TeamFactory,
    factories.UserFactory,
    factories.MembershipFactory,
    factories.RegistrationFactory,
    factories.AccessListFactory,
    factories.AccessListMemberFactory,
    factories.InvitationFactory,
]


@pytest.mark.parametrize(
    ("made_by", "trait"),
    [(made_by, trait) for made_by in FACTORIES for trait in [None, *made_by._meta.parameters]],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_each_state_a_factory_knows_is_a_valid_record(made_by, trait):
    record = made_by(**({trait: True} if trait else {}))

    record.full_clean(exclude=["password"])


def test_a_worker_assesses_and_a_manager_leads_in_the_named_team_only():
    ours, theirs = TeamFactory(), TeamFactory()

    worker, manager = UserFactory(worker_in=ours), UserFactory(manager_of=ours)
    broker = UserFactory(role_in=(Role.BROKER, ours))

    assert worker.has_role(*ASSESSING_ROLES, team=ours)
    assert not worker.has_role(*ASSESSING_ROLES, team=theirs)
    assert manager.has_role(Role.TEAM_MANAGER, team=ours)
    assert broker.roles == {Role.BROKER}
    assert worker.registrations.count() == 1


def test_a_signed_in_test_client_stands_past_both_factors():
    user = UserFactory(role_in=(Role.ADMINISTRATOR, TeamFactory()))

    assert signed_in_client(user).get("/", follow=False).status_code == 302
    assert signed_in_client(user).get("/")["Location"] == "/admin/"
    assert api_client(user).get("/api/v1/schema/").status_code == 200
