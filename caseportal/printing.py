"""Pages of the documentation that are printed from the code, so that they cannot drift from it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from caseportal.knock_ons import TABLE
from core.policy import stated_by
from core.workflow import Action

DOCS = Path(settings.BASE_DIR) / "docs"
NOTE = "Printed from the code by `manage.py print_docs`; a test compares it. Do not edit by hand.\n"


def _tables() -> Iterator[tuple[str, dict[str, Action]]]:
    """Each state table of each app, with a title such as “contacts: hand-over”."""
    for config in apps.get_app_configs():
        try:
            module = importlib.import_module(f"{config.name}.workflow")
        except ModuleNotFoundError:
            continue
        for name in sorted(vars(module)):
            table = getattr(module, name)
            if name.endswith("ACTIONS") and isinstance(table, dict):
                what = name.removesuffix("ACTIONS").strip("_").replace("_", " ").lower()
                yield f"{config.name}{': ' + what if what else ''}", table


def workflows() -> str:
    """The state tables as diagrams, and the table of knock-ons."""
    lines = ["# Workflows", "", NOTE]
    for title, table in _tables():
        lines += [f"## {title}", "", "```mermaid", "stateDiagram-v2"]
        for action in table.values():
            lines += [
                f"    {source} --> {action.target or source}: {action.label}"
                for source in sorted(action.sources)
            ]
        lines += ["```", ""]
    lines += [
        "## What starts low and acts high",
        "",
        "| Event | What follows, in the same transaction |",
        "| --- | --- |",
    ]
    for event, steps in sorted(TABLE.items()):
        names = (
            ", then ".join(f"`{step.__module__.split('.')[0]}.{step.__name__}`" for step in steps)
            or "nothing"
        )
        lines.append(f"| `{event}` | {names} |")
    return "\n".join(lines) + "\n"


def permissions() -> str:
    """Who each action of each state table is for, and who each address is for."""
    from caseportal.third_party_routes import POLICIES
    from caseportal.url_walk import routes

    lines = [
        "# Who may do what",
        "",
        NOTE,
        "## Actions",
        "",
        "| Where | Action | From | Asked of |",
        "| --- | --- | --- | --- |",
    ]
    for title, table in _tables():
        for action in table.values():
            asked = (
                (action.allowed.__doc__ or action.allowed.__name__.replace("_", " ")).strip().split("\n")[0]
            )
            lines.append(f"| {title} | {action.label} | {', '.join(sorted(action.sources))} | {asked} |")
    lines += ["", "## Addresses", "", "| Name | For | Roles, one of |", "| --- | --- | --- |"]
    for name, route in sorted(routes().items()):
        policy = stated_by(route.view) or POLICIES[name]
        lines.append(f"| `{name}` | {policy.audience} | {', '.join(sorted(policy.roles)) or 'any'} |")
    return "\n".join(lines) + "\n"


PAGES = {"workflows.md": workflows, "permissions.md": permissions}
