"""The addresses of a person's own pages: for the person, or who acts for them within the limits of the right."""

from __future__ import annotations

OWN_PAGES: tuple[str, ...] = (
    "self_service:acknowledge-figures",
    "self_service:answer-plan",
    "self_service:ask-about-budget",
    "self_service:ask-for-review",
    "self_service:asked-about-budget",
    "self_service:assessment",
    "self_service:autosave-message",
    "self_service:budget",
    "self_service:comment-on-week",
    "self_service:comment-on-assessment",
    "self_service:contact-preferences",
    "self_service:documents",
    "self_service:end-permission",
    "self_service:file",
    "self_service:home",
    "self_service:letter",
    "self_service:letter-pdf",
    "self_service:message",
    "self_service:messages",
    "self_service:other-format",
    "self_service:people",
    "self_service:plan",
    "self_service:reablement",
    "self_service:send-file",
    "self_service:switch",
    "self_service:who-looked",
    "self_service:write-message",
)
