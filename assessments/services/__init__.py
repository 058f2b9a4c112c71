"""Everything that changes an assessment. One module for each topic."""

from assessments.services.deciding import (
    authorise,
    determination_for,
    eligible_needs,
    issue,
    return_for_changes,
    submit,
)
from assessments.services.ending import abandon, death_recorded, end_by_death, refuse
from assessments.services.receiving import accept_handover, assign, change_method, request_assessment, start
from assessments.services.sharing import mark_complete, record_comments, share
from assessments.services.writing import save_outcome, save_section

__all__ = [
    "abandon",
    "accept_handover",
    "assign",
    "authorise",
    "change_method",
    "death_recorded",
    "determination_for",
    "eligible_needs",
    "end_by_death",
    "issue",
    "mark_complete",
    "record_comments",
    "refuse",
    "request_assessment",
    "return_for_changes",
    "save_outcome",
    "save_section",
    "share",
    "start",
    "submit",
]
