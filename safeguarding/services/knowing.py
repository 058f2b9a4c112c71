"""Who may know of a concern: the list it begins with, who joins and leaves it, and who is barred from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import services as accounts
from accounts.models import CASE_ROLES, AccessList, Membership, Role, Team, User
from accounts.querysets import live_on
from core import clock, drafts, policy_settings
from safeguarding import events, timescales, workflow
from safeguarding.models import Concern, Conflict
from safeguarding.services.acting import lock, need, record, save

HEADS = (Role.SERVICE_MANAGER, Role.DIRECTOR)
ON_DUTY = "takes in concerns"
# Kinds of drafts, and the subject of a report about nobody on record.
DECISION_DRAFT, CONCERN_DRAFT, SOMEBODY = "safeguarding.decision", "safeguarding.concern", "somebody"


def duty_team() -> Team | None:
    """The team that takes in concerns: by the council's setting, else one with a safeguarding adults manager."""
    today = clock.today()
    code = policy_settings.value(timescales.TEAM, on=today)
    teams = Team.objects.filter(is_active=True)
    named = teams.filter(code=code).first()
    if named:
        return named
    managers = Membership.objects.filter(live_on(today), role=Role.SAFEGUARDING_MANAGER)
    return teams.filter(pk__in=managers.values("team")).order_by("pk").first()


def heads_of_service(team: Team | None) -> list[User]:
    """Service managers, nearest first: of the team, of its service, anywhere; where there are none, the director."""
    live = Membership.objects.filter(
        live_on(clock.today()), role__in=HEADS, user__is_active=True
    ).select_related("user", "team")
    rows = list(live.order_by("pk"))
    for role in HEADS:
        held = [row for row in rows if row.role == role]
        in_team = [row for row in held if team and row.team_id == team.pk]
        in_service = [row for row in held if team and team.service and row.team.service == team.service]
        found = in_team or in_service or held
        if found:
            return list(dict.fromkeys(row.user for row in found))
    return []


def who_takes_in(team: Team | None) -> list[User]:
    """Everybody who knows of a new concern: those who work in the team, and the head of service."""
    today = clock.today()
    wanted = Q(role__in=CASE_ROLES, team=team) if team else Q(role=Role.SAFEGUARDING_MANAGER)
    rows = Membership.objects.filter(live_on(today), wanted, user__is_active=True, user__is_system=False)
    users = [row.user for row in rows.select_related("user").order_by("pk")]
    return list(dict.fromkeys([*users, *heads_of_service(team)]))


def duty_managers(concern: Concern) -> list[User]:
    """Who hears first of a concern that nobody has looked at: managers of the team on its list."""
    today = clock.today()
    roles = (Role.TEAM_MANAGER, Role.SAFEGUARDING_MANAGER)
    rows = Membership.objects.filter(live_on(today), role__in=roles, user__is_active=True)
    if concern.team_id:
        rows = rows.filter(team=concern.team_id)
    on_list = concern.access_list.members.live_on(today).values("user")
    users = rows.filter(user__in=on_list).select_related("user").order_by("pk")
    return list(dict.fromkeys(row.user for row in users))


def heads_on_list(concern: Concern) -> list[User]:
    """The head of service: service managers and directors who are on the list of the concern."""
    today = clock.today()
    rows = Membership.objects.filter(live_on(today), role__in=HEADS, user__is_active=True)
    on_list = concern.access_list.members.live_on(today).values("user")
    users = rows.filter(user__in=on_list).select_related("user").order_by("pk")
    return list(dict.fromkeys(row.user for row in users))


def make_list(*, team: Team | None, barred: Collection[User], now: datetime) -> AccessList:
    """The list a concern begins with. Where the council has nobody yet it holds the machine alone, until it has."""
    barred_keys = {user.pk for user in barred}
    members = [user for user in who_takes_in(team) if user.pk not in barred_keys]
    machine = accounts.system_user()
    return accounts.make_access_list(
        purpose="safeguarding", members=members or [machine], by=machine, now=now, reason=ON_DUTY
    )


def bring_up_to_date(concern: Concern, *, now: datetime) -> int:
    """Put those on the list of a new concern who joined the team since. Returns how many."""
    present = set(concern.access_list.members.live_on(clock.today()).values_list("user", flat=True))
    barred = set(Conflict.objects.filter(concern=concern).values_list("user", flat=True))
    missing = [user for user in who_takes_in(concern.team) if user.pk not in present | barred]
    _add(concern, missing, reason=ON_DUTY, now=now)
    return len(missing)


def _add(concern: Concern, users: Iterable[User], *, reason: str, now: datetime) -> None:
    for user in users:
        accounts.add_to_access_list(
            access_list=concern.access_list, user=user, reason=reason, by=accounts.system_user(), now=now
        )


def make_known_to(concern: Concern, user: User, *, reason: str, now: datetime) -> None:
    """Put somebody on the list as part of another action, unless they are on it. Raises ValidationError for somebody
    with a conflict of interest."""
    if Conflict.objects.filter(concern=concern, user=user).exists():
        raise ValidationError("They have a conflict of interest in this case and must not know of it.")
    if not concern.access_list.members.live_on(clock.today()).filter(user=user).exists():
        _add(concern, [user], reason=reason, now=now)
    concern.__dict__.pop("_known_by", None)


@transaction.atomic
def let_know(
    *, concern: Concern, user: User, reason: str, version: int | None, by: User, now: datetime
) -> Concern:
    """Put one more person on the list, with the reason they need to know."""
    concern = lock(concern, version=version, action=workflow.LET_KNOW, by=by)
    need(user=(user, "Choose who is to know"), reason=(reason, "Say why they need to know"))
    if not user.has_role(*CASE_ROLES):
        raise ValidationError({"user": "Only staff who work with people can be put on the list."})
    if concern.access_list.members.live_on(clock.today()).filter(user=user).exists():
        raise ValidationError({"user": "They are on the list already."})
    try:
        make_known_to(concern, user, reason=reason[:200], now=now)
    except ValidationError as refusal:
        raise ValidationError({"user": refusal.messages}) from refusal
    save(concern, now=now)
    record(events.LET_KNOW, concern, by=by, now=now, member=user.ref)
    return concern


@transaction.atomic
def take_off(*, concern: Concern, user: User, version: int | None, by: User, now: datetime) -> Concern:
    """Take somebody off the list; they know nothing more from the next page on. The lead stays on it."""
    concern = lock(concern, version=version, action=workflow.TAKE_OFF, by=by)
    if concern.lead_id == user.pk and not concern.is_ended:
        raise ValidationError({"user": "They lead this enquiry. Name another lead first."})
    accounts.remove_from_access_list(
        access_list=concern.access_list, user=user, by=accounts.system_user(), now=now
    )
    drafts.discard(owner=user, kind=DECISION_DRAFT, subject=concern.ref)
    save(concern, now=now)
    record(events.TAKEN_OFF, concern, by=by, now=now, member=user.ref)
    return concern


@transaction.atomic
def bar(
    *, concern: Concern, user: User, reason: str, version: int | None, by: User, now: datetime
) -> Concern:
    """Somebody of the staff is named in the concern, or related to who is: they know nothing of it from now on."""
    concern = lock(concern, version=version, action=workflow.BAR, by=by)
    need(user=(user, "Choose who must not know"), reason=(reason, "Say what the conflict of interest is"))
    if user.pk == by.pk:
        raise ValidationError({"user": "Ask a colleague on the list to record this about you."})
    bar_from(concern, user, reason=reason, by=by, now=now)
    save(concern, now=now)
    record(events.CONFLICT_RECORDED, concern, by=by, now=now)
    return concern


def bar_from(concern: Concern, user: User, *, reason: str, by: User | None, now: datetime) -> None:
    """Within another action: write the conflict down and take the person off the list."""
    Conflict.objects.get_or_create(
        concern=concern,
        user=user,
        defaults={"reason": reason[:300], "recorded_at": now, "recorded_by": by},
    )
    if concern.lead_id == user.pk and not concern.is_ended:
        raise ValidationError({"user": "They lead this enquiry. Name another lead first."})
    drafts.discard(owner=user, kind=DECISION_DRAFT, subject=concern.ref)
    members = concern.access_list.members.live_on(clock.today())
    if members.filter(user=user).exists():
        if not members.exclude(user=user).exists():
            _add(concern, [accounts.system_user()], reason=ON_DUTY, now=now)
        accounts.remove_from_access_list(
            access_list=concern.access_list, user=user, by=accounts.system_user(), now=now
        )
