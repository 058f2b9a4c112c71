"""Who may do what with a concern. Whether they may know of it at all is `visible_to`; here it is asked once more."""

from __future__ import annotations

from accounts.models import CASE_ROLES, Membership, Registration, Role, User
from accounts.querysets import UserQuerySet, live_on
from core import clock, policy_settings
from core.permissions import YES, Decision, no
from safeguarding import timescales
from safeguarding.models import Concern, Enquiry

UNKNOWN = "Only those on the access list of this concern can do this."
UNREGISTERED = (
    "This is kept to a safeguarding adults manager with a live professional registration. "
    "Yours is missing or has run out: ask a registered colleague, or have your registration recorded."
)


def knows(user: User, concern: Concern) -> bool:
    """Whether the concern is known to the user; asked of the database once for each record that is read."""
    known: dict[int, bool] = concern.__dict__.setdefault("_known_by", {})
    if user.pk not in known:
        known[user.pk] = bool(concern.pk) and Concern.objects.visible_to(user).filter(pk=concern.pk).exists()
    return known[user.pk]


def is_registered(user: User) -> bool:
    """Whether a professional registration is live today."""
    today = clock.today()
    kept: dict[str, bool] = user.__dict__.setdefault("_registered_on", {})
    if today.isoformat() not in kept:
        kept[today.isoformat()] = user.registrations.filter(live_on(today)).exists()
    return kept[today.isoformat()]


def _is_reserved(user: User, function: str) -> bool:
    today = clock.today()
    kept: dict[str, list[str]] = user.__dict__.setdefault("_reserved_on", {})
    if today.isoformat() not in kept:
        kept[today.isoformat()] = policy_settings.value(timescales.RESERVED_FUNCTIONS, on=today)
    return function in kept[today.isoformat()]


def _is_manager(user: User, concern: Concern) -> bool:
    return user.has_role(Role.SAFEGUARDING_MANAGER, team=concern.team_id)


def open_enquiry(concern: Concern) -> Enquiry | None:
    """The enquiry under way, if there is one."""
    if "_open_enquiry" not in concern.__dict__:
        enquiries = Enquiry.objects.filter(concern=concern, ended_at=None).select_related("lead", "decision")
        concern.__dict__["_open_enquiry"] = enquiries.first() if concern.pk else None
    found: Enquiry | None = concern.__dict__["_open_enquiry"]
    return found


def can_raise(user: User) -> Decision:
    """Anybody: staff of every kind, and the public without an account."""
    return YES


def _manages(user: User, concern: Concern, function: str) -> Decision:
    if not knows(user, concern):
        return no(UNKNOWN)
    if not _is_manager(user, concern):
        return no("Only a safeguarding adults manager can do this.")
    if _is_reserved(user, function) and not is_registered(user):
        return no(UNREGISTERED)
    return YES


def can_work(user: User, concern: Concern) -> Decision:
    """Duty workers of the safeguarding team, its managers, and the lead of the enquiry, all on the access list"""
    if not knows(user, concern):
        return no(UNKNOWN)
    if user.has_role(*CASE_ROLES, team=concern.team_id) or _is_manager(user, concern):
        return YES
    if concern.lead_id == user.pk:
        return YES
    return no("Only the safeguarding team, and whoever leads the enquiry, can do this.")


def can_manage(user: User, concern: Concern) -> Decision:
    """Safeguarding adults managers on the access list"""
    if not knows(user, concern):
        return no(UNKNOWN)
    return YES if _is_manager(user, concern) else no("Only a safeguarding adults manager can do this.")


def can_decide(user: User, concern: Concern) -> Decision:
    """Safeguarding adults managers with a live registration, on the access list"""
    return _manages(user, concern, timescales.S42_DECISION)


def can_plan_enquiry(user: User, concern: Concern) -> Decision:
    """Safeguarding adults managers with a live registration, on the access list"""
    return _manages(user, concern, timescales.LEAD_ENQUIRY)


def can_enquire(user: User, concern: Concern) -> Decision:
    """The lead of the enquiry, or a safeguarding adults manager, on the access list"""
    if not knows(user, concern):
        return no(UNKNOWN)
    if concern.lead_id == user.pk or _is_manager(user, concern):
        return YES
    return no("Only the lead of the enquiry, or a safeguarding adults manager, can do this.")


def can_conclude(user: User, concern: Concern) -> Decision:
    """The lead of the enquiry"""
    if not knows(user, concern):
        return no(UNKNOWN)
    if concern.lead_id != user.pk:
        return no("Only the lead of the enquiry writes down what it found.")
    if _is_reserved(user, timescales.LEAD_ENQUIRY) and not is_registered(user):
        return no("Your professional registration is missing or has run out, so you cannot lead an enquiry.")
    return YES


def can_sign_off_plan(user: User, concern: Concern) -> Decision:
    """Safeguarding adults managers with a live registration, on the access list"""
    return _manages(user, concern, timescales.PLAN_SIGN_OFF)


def can_close(user: User, concern: Concern) -> Decision:
    """Safeguarding adults managers with a live registration, on the access list, and never the lead of the enquiry"""
    decision = _manages(user, concern, timescales.CLOSE_ENQUIRY)
    if not decision:
        return decision
    if concern.lead_id == user.pk:
        return no("Whoever led the enquiry does not also close it. Ask another safeguarding adults manager.")
    return YES


def can_lead(user: User) -> bool:
    """Whether somebody is qualified to lead an enquiry: case work, and a live registration where that is asked."""
    if not user.has_role(*CASE_ROLES):
        return False
    return is_registered(user) or not _is_reserved(user, timescales.LEAD_ENQUIRY)


def leads_for(concern: Concern) -> UserQuerySet:
    """Everybody whom `can_lead` accepts today, by name, without those who may not know of the concern."""
    today = clock.today()
    at_work = Membership.objects.filter(live_on(today), role__in=CASE_ROLES)
    leads = User.objects.staff().filter(pk__in=at_work.values("user"))
    if timescales.LEAD_ENQUIRY in policy_settings.value(timescales.RESERVED_FUNCTIONS, on=today):
        leads = leads.filter(pk__in=Registration.objects.filter(live_on(today)).values("user"))
    return leads.exclude(pk__in=concern.conflicts.values("user")).order_by("name", "pk")
