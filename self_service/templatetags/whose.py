"""Whose things the own pages speak of: the reader's, or those of the person they act for, by name."""

from __future__ import annotations

from django import template

from people.models import PortalAccess

register = template.Library()


@register.filter
def whose(access: PortalAccess | None, own: str) -> str:
    """``{{ access|whose:"My" }} plan`` is “My plan” for the person, and “Peggy’s plan” for whoever acts for Peggy."""
    return own if not access or access.is_own else f"{access.person.first_name}’s"


@register.filter
def titled(access: PortalAccess | None, thing: str) -> str:
    """The same as the title of a page, which stands in the browser's history and so names nobody: “My plan”, “Plan”."""
    return f"My {thing}" if not access or access.is_own else thing.capitalize()
