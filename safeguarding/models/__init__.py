"""Concerns, enquiries and protection plans: known to those on the access list of each, and to nobody else."""

from safeguarding.models.around import (
    Alleged,
    CaseEntry,
    ConcernRisk,
    Conflict,
    DelayReason,
    DesiredOutcome,
)
from safeguarding.models.concern import (
    AbuseType,
    Concern,
    Disposition,
    Known,
    Location,
    Override,
    RiskOutcome,
    RiskSource,
    YesNo,
)
from safeguarding.models.enquiry import (
    CausedEnquiry,
    Enquiry,
    PlanAction,
    PlanReview,
    ProtectionPlan,
    S42Decision,
)

__all__ = [
    "AbuseType",
    "Alleged",
    "CaseEntry",
    "CausedEnquiry",
    "Concern",
    "ConcernRisk",
    "Conflict",
    "DelayReason",
    "DesiredOutcome",
    "Disposition",
    "Enquiry",
    "Known",
    "Location",
    "Override",
    "PlanAction",
    "PlanReview",
    "ProtectionPlan",
    "RiskOutcome",
    "RiskSource",
    "S42Decision",
    "YesNo",
]
