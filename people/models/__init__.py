"""The person at the centre, what is recorded about them, and who may see their own pages."""

from people.models.portal import PortalAccess
from people.models.record import (
    Address,
    Allocation,
    CaseNote,
    CommunicationNeed,
    Origin,
    Person,
    Relationship,
    Risk,
    Warning,
)

__all__ = [
    "Address",
    "Allocation",
    "CaseNote",
    "CommunicationNeed",
    "Origin",
    "Person",
    "PortalAccess",
    "Relationship",
    "Risk",
    "Warning",
]
