"""How common each thing is in a made file, each with its source.

Sources by letter:

* ASCOF  Measures from the Adult Social Care Outcomes Framework, England 2024 to 2025, DHSC, 18 December 2025.
* ASC-FR Adult Social Care Finance Report, England 2023-24: 2,085,720 requests, 858,720 long-term clients.
* KENT   Kent local account 2022: 36,907 people supported, 19,515 needs assessments, 19,668 reviews.
* LAW    Care Act practice as the portal's own rules have it (42 days of reablement, review within a year).

"Assumption" marks a figure for which none of these gives a number. Percentages need not add up to 100: they are
weights.
"""

from __future__ import annotations

from typing import Final

Weights = dict[str, float]

# Why a service user is in the file. Assumption; set so that requests, assessments and reviews come out at the
# published ratios below.
PATHWAY: Final[Weights] = {"long_term": 50, "short_term": 17, "request_only": 33}

# ASCOF 2E denominators: 312,725 adults of 18 to 64 and 575,795 of 65 and over with long-term support.
WORKING_AGE_SHARE: Final = {
    "long_term": 312_725 / (312_725 + 575_795),
    "short_term": 0.15,  # assumption: short-term support goes mostly to older people
    "request_only": 0.30,  # assumption
}

# Whole years at the end of the period: (youngest, oldest) and weight. Assumption within each broad group.
AGES_18_TO_64: Final = {(19, 24): 9, (25, 44): 40, (45, 64): 51}
AGES_65_PLUS: Final = {(65, 74): 22, (75, 84): 37, (85, 94): 35, (95, 101): 6}

WOMEN: Final = {"18 to 64": 0.46, "65 and over": 0.63}  # assumption
GENDER_OTHER: Final = 0.004  # assumption

# Assumption, near the adult population of England; keys are the codes of the ethnicity list.
ETHNICITY: Final[Weights] = {
    "white_british": 76.0, "white_irish": 1.0, "white_gypsy_irish_traveller": 0.1, "white_roma": 0.1,
    "white_other": 5.0, "mixed_white_black_caribbean": 0.5, "mixed_white_black_african": 0.3,
    "mixed_white_asian": 0.4, "mixed_other": 0.4, "asian_indian": 3.0, "asian_pakistani": 2.3,
    "asian_bangladeshi": 1.0, "asian_chinese": 0.6, "asian_other": 1.4, "black_african": 1.8,
    "black_caribbean": 1.6, "black_other": 0.5, "other_arab": 0.5, "other_any": 1.2, "refused": 0.6,
    "not_known": 1.7,
}  # fmt: skip

# ASCOF 2E(1) ÷ 2E(2a): 137,160 of 312,725 have a learning disability. The rest is assumption.
REASON_18_TO_64: Final[Weights] = {
    "learning_disability": 100 * 137_160 / 312_725, "physical_personal_care": 22, "mental_health": 21,
    "physical_access_mobility": 5, "memory_cognition": 1.5, "sensory_visual": 0.8, "sensory_hearing": 0.6,
    "sensory_dual": 0.3, "social_isolation_other": 3, "social_substance_misuse": 1.7, "social_asylum_seeker": 0.2,
}  # fmt: skip
REASON_65_PLUS: Final[Weights] = {
    "physical_personal_care": 62, "memory_cognition": 14, "physical_access_mobility": 9, "mental_health": 5.5,
    "learning_disability": 3.5, "social_isolation_other": 2.5, "sensory_visual": 1.6, "sensory_hearing": 1.2,
    "sensory_dual": 0.7,
}  # fmt: skip

# Setting of long-term support. Community follows ASCOF 2E: 81.4% of people with a learning disability, 77.4% of
# 18 to 64 and 60.3% of 65 and over live at home or with family; the few in unsettled homes of their own are
# added. The split between residential and nursing care is assumption.
SETTING: Final[dict[str, Weights]] = {
    "learning disability": {"lt_community": 83.5, "lt_residential": 15.5, "lt_nursing": 1},
    "18 to 64": {"lt_community": 79.5, "lt_residential": 14, "lt_nursing": 6.2, "lt_prison": 0.3},
    "65 and over": {"lt_community": 62.5, "lt_residential": 24, "lt_nursing": 13.5},
}

# ASCOF 3D, snapshot at year end: 24.5% by direct payment, 82.4% self-directed in all.
MECHANISM: Final[Weights] = {
    "direct_payment": 24.5,
    "managed_budget": 82.4 - 24.5,
    "commissioned": 100 - 82.4,
}

# Long-term support that began inside the period. ASCOF 2B and 2C: 71,095 new admissions; care homes hold about
# 30% of the 888,520 people of 2E. Community is assumption.
NEW_IN_YEAR: Final = {
    "lt_residential": 71_095 / (0.30 * 888_520),
    "lt_nursing": 71_095 / (0.30 * 888_520),
    "lt_community": 0.24,
    "lt_prison": 0.5,
}
# Mean years that support still running at the start of the period had lasted. Assumption.
YEARS_SO_FAR: Final = {"lt_residential": 2.2, "lt_nursing": 1.4, "lt_community": 3.2, "lt_prison": 0.8}
YEARS_SO_FAR_LEARNING_DISABILITY: Final = 8.0
# Died during the period, by setting, 65 and over; a sixth of it under 65. Assumption.
DIED_IN_YEAR: Final = {"lt_residential": 0.22, "lt_nursing": 0.34, "lt_community": 0.09, "lt_prison": 0.01}
ENDED_OTHERWISE: Final = {"lt_residential": 0.03, "lt_nursing": 0.03, "lt_community": 0.10, "lt_prison": 0.4}
END_OUTCOME: Final[Weights] = {  # assumption
    "nfa_ended_planned": 34, "nfa_ended_other": 22, "hospital": 14, "nfa_nhs": 10, "nfa_self_funded": 7,
    "nfa_moved": 7, "nfa_declined": 6,
}  # fmt: skip

# ASCOF 2A: 184,745 episodes of short-term support to maximise independence against 888,520 people with long-term
# support; the other kinds are assumption.
SHORT_TERM_KIND: Final[Weights] = {"st_max": 61, "st_ongoing_low": 28, "st_other": 11}
NO_FURTHER_SUPPORT: Final = 0.771  # ASCOF 2A
REABLEMENT_DAYS: Final = (9, 42)  # LAW: at most six weeks; the spread below that is assumption
REABLEMENT_OUTCOME: Final[Weights] = {
    "nfa_ended_planned": 84,
    "nfa_info": 12,
    "nfa_ended_other": 4,
}  # assumption

# ASC-FR: 2,085,720 requests ÷ 858,720 long-term clients = 2.43. With half the service users on long-term support
# that is 1.2 a person: everyone newly supported has one, and others as here.
REQUESTS_WITHOUT_SUPPORT: Final = {1: 55, 2: 32, 3: 13}
REQUESTS_OF_SUPPORTED: Final = {0: 35, 1: 40, 2: 25}
# KENT: 0.53 assessments and 0.53 reviews for each person supported.
REASSESSED: Final = 0.11
ASSESSED_WITHOUT_SUPPORT: Final = 0.12
REVIEWED_IN_YEAR: Final = 0.60
INITIAL_REVIEW_HELD: Final = 0.45
REABLEMENT_REVIEWED: Final = 0.80

ROUTE: Final[Weights] = {  # assumption
    "community": 70, "hospital_discharge": 21, "hospital_diversion": 3, "reablement_discharge": 2, "self_funder": 1.5,
    "transition": 1.2, "transfer_in": 1, "prison": 0.3,
}  # fmt: skip
OUTCOME_WITHOUT_SUPPORT: Final[Weights] = {  # assumption
    "nfa_info": 56, "nfa_other_la_service": 15, "nfa_no_services": 11, "nfa_declined": 9, "nfa_nhs": 4,
    "nfa_self_funded": 3, "nfa_other": 2,
}  # fmt: skip
OUTCOME_OF_SUPPORTED: Final[Weights] = {  # assumption
    "continuation": 38, "progress_assessment": 34, "nfa_info": 22, "nfa_other_la_service": 6,
}  # fmt: skip

REVIEW_REASON: Final[Weights] = {  # assumption
    "planned": 74, "unplanned_other": 12, "unplanned_hospital": 7, "unplanned_carer": 3, "unplanned_safeguarding": 2,
    "unplanned_provider_failure": 1, "unplanned_commissioning": 1,
}  # fmt: skip
REVIEW_OUTCOME: Final[Weights] = {
    "continuation": 78,
    "progress_assessment": 14,
    "progress_support": 8,
}  # assumption
OUTCOMES_ACHIEVED: Final[Weights] = {"fully_met": 58, "partially_met": 37, "not_met": 5}  # assumption

DAYS_TO_DECIDE_A_REQUEST: Final = (0, 5)  # LAW: screened within a working day; assumption above that
DAYS_TO_ASSESS: Final = (2, 45)  # LAW: 28 days as the target; assumption on the spread
DAYS_TO_START_SUPPORT: Final = (1, 21)  # assumption

ACCOMMODATION: Final[dict[str, Weights]] = {  # settled shares follow ASCOF 2E; the kinds are assumption
    "18 to 64": {
        "tenant_social": 32, "settled_family_friends": 30, "supported_accommodation": 20, "owner_occupier": 7,
        "tenant_private": 6, "shared_lives": 2, "temporary_council": 1, "short_term_guest": 0.5, "unknown": 1.5,
    },
    "65 and over": {
        "owner_occupier": 52, "tenant_social": 26, "sheltered_extra_care": 11, "settled_family_friends": 5,
        "tenant_private": 4, "mobile_grt": 0.1, "hospital_healthcare": 0.4, "unknown": 1.5,
    },
}  # fmt: skip
EMPLOYMENT_18_TO_64: Final[Weights] = {  # assumption
    "not_seeking_or_retired": 83, "voluntary_only": 5, "paid_under_16": 4, "seeking_work": 3, "paid_16_plus": 2,
    "unknown": 3,
}  # fmt: skip
FUNDING: Final[Weights] = {
    "joint": 56,
    "fully_social_care": 35,
    "fully_client": 6,
    "unknown": 3,
}  # assumption
HAS_CARER: Final = {"lt_community": 0.42, "care home": 0.05, "other": 0.30}  # assumption
AUTISM: Final = {"learning disability": 0.30, "18 to 64": 0.08, "65 and over": 0.01}  # assumption
DEMENTIA: Final = {"memory": 0.90, "65 and over": 0.16, "18 to 64": 0.01}  # assumption
SIGHT: Final[Weights] = {"none": 88, "partial": 6, "blind_severe": 3, "severity_unknown": 1, "unknown": 2}
HEARING: Final[Weights] = {
    "none": 84,
    "hard_of_hearing": 11,
    "deaf_with_speech": 2,
    "deaf_without_speech": 1,
    "unknown": 2,
}

# Carers with rows of their own for each service user who has a carer. Assumption.
CARER_IN_FILE: Final = 0.40
CARER_BY_ASSOCIATION: Final = 0.06
CARER_SUPPORT: Final[Weights] = {  # assumption; information only is common
    "direct payment": 40, "information": 34, "respite": 12, "sitting": 8, "universal": 6,
}  # fmt: skip
CARER_AGE: Final = {(19, 29): 4, (30, 49): 24, (50, 64): 38, (65, 79): 26, (80, 92): 8}
CARER_REVIEWED: Final = 0.35
