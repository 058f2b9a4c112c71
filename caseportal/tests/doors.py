"""Every page on which something is written: who writes there, and on which record of the demo council."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Team, User
from assessments.models import Assessment
from budgets.models import BudgetReview, PersonalBudget
from caseportal.tests.door import Door, day, person, user
from caseportal.tests.doors_of_reablement import REABLEMENT
from contacts.models import Contact, Handover
from core import clock, drafts
from documents.models import Letter
from people.models import Allocation, CaseNote, Person, PortalAccess, Relationship, Warning
from support_plans import services as plans
from support_plans.models import Review, SupportPlan
from worklist import services as worklist
from worklist.models import Conversation, Task


def conversation() -> Conversation:
    """What Peggy wrote to Aisha."""
    return worklist.write_message(
        person=person("Whitlow"),
        subject_line="The morning visits",
        text="Could they come a little later?",
        by=user("Peggy Whitlow"),
        now=clock.now(),
    )


def giving_access() -> Person:
    """Derek, while Aisha gives his brother's daughter access by a power of attorney: all is answered."""
    derek = person("Lomax")

    def typed(facts: dict[str, str]) -> dict[str, list[str]]:
        return {name: [value] for name, value in facts.items()}

    answers = {
        "who": {"relation": ["representative"], "name": ["Dora Lomax"], "email": ["dora@people.example"]},
        "right": {"kind": ["lpa_health"]},
        "paper": {"jointly": ["no"], **typed(day("evidence_seen_on"))},
        "reach": {"scope": ["act"], "covers": ["care"]},
        "capacity": typed(day("lacks_capacity_on")),
    }
    drafts.save(
        owner=user(AISHA), kind="people.portal_access", subject=derek.ref, data=answers, person_id=derek.pk
    )
    return derek


def open_assessment(family: str) -> Assessment:
    return Assessment.objects.open().get(person=person(family))


def contact(family: str) -> Contact:
    return Contact.objects.get(person=person(family))


def plan(family: str) -> SupportPlan:
    return SupportPlan.objects.get(person=person(family))


def budget(family: str) -> PersonalBudget:
    return PersonalBudget.objects.get(person=person(family))


def budget_review() -> BudgetReview:
    return BudgetReview.objects.get(person=person("Ashdown"))


def planned_review(family: str) -> Review:
    return Review.objects.open().get(person=person(family))


def complete_draft() -> Assessment:
    """Derek's assessment, as if every section were written."""
    assessment = open_assessment("Lomax")
    Assessment.objects.filter(pk=assessment.pk).update(status=Assessment.Status.DRAFT_COMPLETE)
    return open_assessment("Lomax")


def shared_draft() -> Assessment:
    from assessments import services

    assessment = complete_draft()
    services.share(assessment=assessment, how="post", version=None, by=user("Aisha Khan"), now=clock.now())
    return open_assessment("Lomax")


def screened() -> Contact:
    """Vera's contact, looked at by the duty worker."""
    from contacts import services

    return services.screen(
        contact=contact("Lindqvist"),
        safeguarding_considered="no",
        screening_summary="Spoke with the son.",
        risk="medium",
        version=None,
        by=user("Priya Nair"),
        now=clock.now(),
    )


def drafted() -> SupportPlan:
    """The next version of June's plan, in preparation, with its lines."""
    present = plan("Pettifer")
    return plans.draft(
        person=present.person,
        team=present.team,
        assessment=present.assessment,
        by=user("Aisha Khan"),
        now=clock.now(),
        copy_from=present,
    )


def with_person() -> SupportPlan:
    """That version costed and given to June."""
    from budgets import services

    version = drafted()
    plans.save_part(
        plan=version,
        facts={"starts_on": clock.today() + timedelta(days=7)},
        version=None,
        by=user("Aisha Khan"),
        now=clock.now(),
    )
    services.cost(
        budget=PersonalBudget.objects.get(plan=version),
        contribution=Decimal("0.00"),
        contribution_source="",
        version=None,
        by=user("Aisha Khan"),
        now=clock.now(),
    )
    return plans.send_to_person(plan=version, version=None, by=user("Aisha Khan"), now=clock.now())


def held() -> Review:
    """June's yearly review, held yesterday."""
    return plans.hold_review(
        review=planned_review("Pettifer"),
        held_on=clock.today() - timedelta(days=1),
        version=None,
        by=user("Aisha Khan"),
        now=clock.now(),
    )


def written_up() -> Review:
    return plans.write_up(
        review=held(),
        working="The calls.",
        not_working="",
        changed="",
        person_words="",
        achieved="fully",
        budget_still_right="yes",
        version=None,
        by=user("Aisha Khan"),
        now=clock.now(),
    )


def decided_review() -> BudgetReview:
    from budgets import services

    services.acknowledge_review(review=budget_review(), version=None, by=user("Sunita Rao"), now=clock.now())
    return services.decide_review(
        review=budget_review(),
        decision="unchanged",
        reasons="The hours are right.",
        version=None,
        by=user("Dorothy Grant"),
        now=clock.now(),
    )


def acknowledged_review() -> BudgetReview:
    from budgets import services

    return services.acknowledge_review(
        review=budget_review(), version=None, by=user("Sunita Rao"), now=clock.now()
    )


def warning() -> Warning:
    return Warning.objects.get(person=person("Whitlow"))


def note() -> CaseNote:
    return CaseNote.objects.filter(person=person("Whitlow"), author=user("Aisha Khan")).first()  # type: ignore[return-value]


def neighbour() -> Relationship:
    return Relationship.objects.get(person=person("Whitlow"), other_name="Mr Desai")


def task_of_aisha() -> Task:
    """Something by hand in Aisha's list."""
    from worklist import services

    return services.open_task(
        key="doors:by-hand",
        kind="worklist.by_hand",
        title="Ring back about the key safe",
        why="Promised this week",
        person=person("Whitlow"),
        team=user("Aisha Khan").main_team,
        owner=user("Aisha Khan"),
        due_on=clock.today() + timedelta(days=2),
        url="",
        now=clock.now(),
    )[0]


def closed_account() -> PortalAccess:
    """Karen has not used her account for long, so it was closed."""
    access = PortalAccess.objects.get(person=person("Whitlow"), relation="carer")
    User.objects.filter(pk=access.user_id).update(is_active=False)
    return access


def written_letter() -> Letter:
    """Peggy's letter about her budget, written and not given yet."""
    return Letter.objects.get(person=person("Whitlow"), status=Letter.Status.DRAFT)


class SentAgain(SimpleUploadedFile):
    """A file that can be sent more than once, as from a form that is still open."""

    def read(self, *size: int) -> bytes:
        self.seek(0)
        return super().read(*size)


def a_file() -> dict[str, Any]:
    return {"file": SentAgain("notes.txt", b"Words"), "kind": "other"}


def of_person(record: Any) -> list[str]:
    return [record.person.ref, record.ref]


AISHA, TOM, SUNITA, DOROTHY, PRIYA, RUTH = (
    "Aisha Khan",
    "Tom Bell",
    "Sunita Rao",
    "Dorothy Grant",
    "Priya Nair",
    "Ruth Osborne",
)

DOORS: dict[str, Door] = {
    # people
    "people:add-person": Door(
        AISHA,
        lambda: None,
        lambda: {**day("date_of_birth", ahead=-20000), "roles": ["service_user"]},
        arguments=lambda record: [],
    ),
    "people:add-note": Door(AISHA, lambda: person("Lomax")),
    "people:correct-note": Door(AISHA, note, arguments=of_person),
    "people:add-relationship": Door(
        AISHA, lambda: person("Lomax"), lambda: {"other_number": "", "hours_caring_weekly": ""}
    ),
    "people:change-relationship": Door(
        AISHA, neighbour, lambda: {"hours_caring_weekly": ""}, arguments=of_person
    ),
    "people:end-relationship": Door(AISHA, neighbour, arguments=of_person),
    "people:add-warning": Door(
        AISHA, lambda: person("Lomax"), lambda: {**day("ends_on", ahead=60), "person_told": "yes"}
    ),
    "people:renew-warning": Door(AISHA, warning, lambda: day("ends_on", ahead=120), arguments=of_person),
    "people:close-warning": Door(TOM, warning, arguments=of_person),
    "people:add-communication-need": Door(AISHA, lambda: person("Lomax")),
    "people:ask-portal-access who": Door(
        AISHA, giving_access, lambda: {"email": "derek@people.example"}, more=("who",)
    ),
    **{
        f"people:ask-portal-access {step}": Door(AISHA, giving_access, more=(step,))
        for step in ("right", "paper", "reach", "capacity")
    },
    "people:grant-portal-access": Door(AISHA, giving_access),
    "people:end-portal-access": Door(
        AISHA,
        lambda: PortalAccess.objects.get(person=person("Whitlow"), relation="carer"),
        arguments=of_person,
    ),
    "people:let-join-anew": Door(
        AISHA,
        lambda: PortalAccess.objects.get(person=person("Whitlow"), relation="carer"),
        arguments=of_person,
    ),
    "people:open-account": Door(AISHA, closed_account, arguments=of_person),
    "people:change-home": Door(AISHA, lambda: person("Lomax"), lambda: {"postcode": "ZZ1 4QT"}),
    **{
        f"people:change-detail {fact}": Door(AISHA, lambda: person("Lomax"), more=(fact,))
        for fact in (
            "names",
            "birth",
            "nhs-number",
            "contact",
            "gender",
            "ethnicity",
            "language",
            "support",
            "health",
        )
    },
    "people:change-what-matters": Door(AISHA, lambda: person("Lomax"), lambda: day("on")),
    "people:change-risk": Door(AISHA, lambda: person("Lomax")),
    "people:record-death": Door(AISHA, lambda: person("Lomax"), lambda: {"is_sure": "on"}),
    "people:change-level": Door(
        TOM, lambda: person("Lomax"), lambda: {"members": "", "level": "named_users"}
    ),
    "people:allocate": Door(
        TOM, lambda: person("Okoro"), query=lambda: f"?team={Team.objects.get(code='riverside').ref}"
    ),
    "people:end-allocation": Door(
        TOM, lambda: Allocation.objects.get(person=person("Okoro"), valid_to=None), arguments=of_person
    ),
    # worklist
    "worklist:add-task": Door(AISHA, lambda: person("Lomax"), lambda: day("due_on", ahead=3)),
    "worklist:cancel-task": Door(AISHA, task_of_aisha),
    "worklist:ask-colleague": Door(AISHA, task_of_aisha),
    # contacts
    "contacts:mark-urgent": Door(PRIYA, lambda: contact("Lindqvist")),
    "contacts:screen-contact": Door(PRIYA, lambda: contact("Lindqvist")),
    "contacts:decide-contact": Door(PRIYA, screened),
    "contacts:pass-on": Door(PRIYA, screened),
    "contacts:close-contact": Door(PRIYA, screened, lambda: {"told_right_to_assessment": "on"}),
    # assessments
    "assessments:accept-handover": Door(TOM, lambda: Handover.objects.get(person=person("Calloway"))),
    "assessments:return-handover": Door(TOM, lambda: Handover.objects.get(person=person("Calloway"))),
    "assessments:request-assessment": Door(AISHA, lambda: person("Ashdown")),
    "assessments:start": Door(AISHA, lambda: open_assessment("Okoro")),
    "assessments:assign": Door(TOM, lambda: open_assessment("Lomax")),
    "assessments:change-method": Door(AISHA, lambda: open_assessment("Lomax")),
    **{
        f"assessments:show-section {slug}": Door(AISHA, lambda: open_assessment("Lomax"), more=(slug,))
        for slug in (
            "matters",
            "health",
            "helpers",
            "personal-hygiene",
            "out-and-about",
            "capacity",
            "consent",
        )
    },
    "assessments:share": Door(AISHA, complete_draft, lambda: {**day("on"), "how": "post"}),
    "assessments:record-comments": Door(AISHA, shared_draft, lambda: {**day("on"), "view": "partly"}),
    "assessments:refuse": Door(
        AISHA, lambda: open_assessment("Lomax"), lambda: {"at_risk": "no", "in_best_interests": "no"}
    ),
    "assessments:abandon": Door(AISHA, lambda: open_assessment("Lomax")),
    # support plans
    "support_plans:new-version": Door(AISHA, lambda: plan("Pettifer")),
    "support_plans:change-needs": Door(AISHA, drafted),
    **{
        f"support_plans:change-part {part}": Door(AISHA, drafted, answers, more=(part,))
        for part, answers in (
            ("what-matters", dict),
            ("advice", dict),
            ("contingency", dict),
            ("direct-payment", dict),
            ("start", lambda: day("starts_on", ahead=10)),
        )
    },
    "support_plans:add-item": Door(
        AISHA,
        drafted,
        lambda: {
            "need_codes": ["A"],
            "quantity": "2",
            "unit_cost": "13.68",
            "mode": "council_managed",
            "provider": "",
            "cost_one_off": "",
            "by": "home_care",
        },
    ),
    "support_plans:change-item": Door(
        AISHA,
        lambda: drafted().items.first(),
        lambda: {"provider": ""},
        arguments=lambda item: [item.plan.ref, item.ref],
    ),
    "support_plans:source-item": Door(
        "Paul Whitlock",
        lambda: plan("Whitlow").items.get(mode="council_managed"),
        lambda: {"provider": "", **day("starts_on", ahead=40)},
    ),
    "support_plans:record-agreement": Door(AISHA, with_person, lambda: {"agreed": "yes", "disagreement": ""}),
    "support_plans:give-copy": Door(AISHA, lambda: plan("Whitlow"), lambda: day("on")),
    "support_plans:end": Door(TOM, lambda: plan("Pettifer"), lambda: day("on")),
    "support_plans:request-review": Door(AISHA, lambda: plan("Pettifer")),
    "support_plans:hold-review": Door(AISHA, lambda: planned_review("Pettifer"), lambda: day("held_on")),
    "support_plans:decline-review": Door(AISHA, lambda: planned_review("Pettifer")),
    "support_plans:show-review": Door(AISHA, held),
    "support_plans:close-review": Door(AISHA, written_up, lambda: {"outcome": "unchanged"}),
    **REABLEMENT,
    # budgets
    "budgets:cost-plan": Door(
        AISHA, drafted, lambda: {"contribution": "10.00", "variance_reason": "market_rate"}
    ),
    "budgets:approve-plan": Door(TOM, lambda: plan("Fairweather")),
    "budgets:acknowledge-of-plan": Door(AISHA, lambda: plan("Whitlow")),
    "budgets:ask-for-review": Door(AISHA, lambda: budget("Pettifer")),
    "budgets:set-contribution": Door(
        "Farah Aziz", lambda: budget("Pettifer"), lambda: {**day("applies_from"), **day("told_on")}
    ),
    "budgets:decide-interim": Door(SUNITA, acknowledged_review),
    "budgets:decide-review": Door(
        DOROTHY, acknowledged_review, lambda: {"decision": "unchanged", "new_weekly": ""}
    ),
    "budgets:notify-decision": Door(SUNITA, decided_review, lambda: day("on")),
    # documents
    "documents:add-document": Door(AISHA, lambda: person("Lomax"), a_file),
    "documents:write-letter": Door(
        AISHA, lambda: person("Whitlow"), lambda: {"format": "audio", "form_key": "doors-letter"}
    ),
    "documents:give-letter": Door(AISHA, written_letter, lambda: day("on"), arguments=of_person),
    # the person's own pages
    "self_service:send-file": Door("Peggy Whitlow", lambda: None, a_file, own=True),
    "self_service:comment-on-week": Door("Harry Osei", lambda: None, own=True),
    "self_service:contact-preferences": Door("Peggy Whitlow", lambda: None, own=True),
    "self_service:write-message": Door("Peggy Whitlow", lambda: None, own=True),
    "self_service:message": Door("Peggy Whitlow", conversation, arguments=lambda record: [record.ref]),
    "messages:show-conversation": Door(AISHA, conversation, arguments=of_person),
    "self_service:ask-about-budget": Door("Peggy Whitlow", lambda: None, own=True),
}

# Pages of the same apps that ask for nothing in words: reading, one press, or a step whose form only carries a version.
WITHOUT_QUESTIONS = {
    "a list or a page to read": {
        "documents:list-documents", "documents:download-document", "documents:show-letter",
        "documents:download-letter", "self_service:documents", "self_service:letter", "self_service:letter-pdf",
        "self_service:file",
        "people:choose-what-to-add", "people:list-events", "people:show-network", "people:list-portal-access", "people:list-warnings",
        "people:show-details", "people:show-views", "worklist:my-work", "worklist:my-team", "worklist:show-team",
        "worklist:list-tasks", "worklist:show-task", "worklist:list-notifications", "contacts:list-contacts",
        "contacts:show-contact", "contacts:show-handover", "contacts:show-online", "assessments:list-assessments",
        "assessments:list-handovers", "assessments:show-assessment", "assessments:check",
        "assessments:print-decision", "assessments:print-draft", "self_service:assessment", "support_plans:list-plans", "support_plans:show-plan",
        "support_plans:list-reviews", "budgets:list-budgets", "budgets:show-budget", "budgets:approvals",
        "budgets:points-table", "budgets:how-we-work-out", "budgets:list-budget-reviews", "budgets:list-contributions",
        "budgets:list-direct-payments", "support_plans:list-to-source", "messages:list-conversations", "self_service:messages", "self_service:people", "self_service:who-looked", "budgets:show-budget-review", "self_service:home",
        "self_service:budget", "self_service:plan", "self_service:asked-about-budget", "self_service:reablement", "reablement:list-episodes",
        "reablement:list-of-person", "reablement:show-episode",
    },
    "one press": {
        "reablement:accept-handover", "reablement:change-lead", "reablement:record-whereabouts",
        "documents:make-again", "documents:throw-away",
        "contacts:match-online", "worklist:finish-task", "worklist:see-notifications", "support_plans:draft-plan",
        "support_plans:send-to-person", "support_plans:take-back", "support_plans:submit", "support_plans:activate",
        "support_plans:invite", "support_plans:remove-item", "budgets:acknowledge-review", "assessments:decision", "assessments:mark-complete",
        "self_service:acknowledge-figures", "self_service:end-permission", "people:withdraw-death", "messages:close-conversation",
        "people:end-communication-need",
    },
    "what is being typed, sent by the page itself": {
        "people:autosave-note", "assessments:autosave-section",
        "reablement:autosave-week", "messages:autosave-answer", "self_service:autosave-message", "reablement:autosave-end-review", "contacts:autosave-contact"},
    "the search box keeps what is typed in the session": {"people:search"},
    "tested beside their own rules": {
        "self_service:other-format",
        "contacts:add-contact", "contacts:set-aside-online",
        "assessments:eligibility", "assessments:return-for-changes", "assessments:issue",
        "self_service:answer-plan", "self_service:comment-on-assessment", "self_service:ask-for-review", "self_service:switch",
    },
}  # fmt: skip
