"""Rules about the repository itself: what only people remember will be broken."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from audit import catalogue
from caseportal.celery import app as celery_app
from caseportal.printing import DOCS, PAGES
from core import knock_ons

ROOT = Path(settings.BASE_DIR)
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
OUR_APPS = CONTRACTS["root_packages"]
LADDER = next(c for c in CONTRACTS["contracts"] if c["name"] == "Apps import downwards only")["layers"]


def tracked(pattern: str) -> list[Path]:
    """Files of the repository, by a pattern or a folder; without git, which a machine that runs the tests may lack."""
    made = {"node_modules", "var", "__pycache__"}
    found = (ROOT / pattern).rglob("*") if (ROOT / pattern).is_dir() else ROOT.rglob(pattern)
    inside = [(path, path.relative_to(ROOT).parts) for path in found if path.is_file()]
    return sorted(path for path, parts in inside if not made & set(parts) and not parts[0].startswith("."))


def python_files() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


def test_no_file_is_over_500_lines():
    long = {
        str(p.relative_to(ROOT)): n for p in python_files() if (n := len(p.read_text().splitlines())) > 500
    }
    assert not long


def test_every_package_stands_on_the_ladder():
    folders = {
        path.name
        for path in ROOT.iterdir()
        if (path / "__init__.py").exists() and path.name not in {"node_modules", "var"}
    }
    on_ladder = {name.strip() for rung in LADDER for name in rung.split("|")}
    assert folders == set(OUR_APPS) == on_ladder


@pytest.mark.django_db
def test_migrations_are_linear_and_complete():
    loader = MigrationLoader(None)
    for app in OUR_APPS:
        leaves = loader.graph.leaf_nodes(app)
        assert len(leaves) <= 1, f"{app} forks: {leaves}"
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_schedule_names_jobs_that_exist():
    celery_app.loader.import_default_modules()
    celery_app.autodiscover_tasks(related_name="jobs", force=True)
    for entry in celery_app.conf.beat_schedule.values():
        assert entry["task"] in celery_app.tasks
        assert entry["options"]["expires"]


def test_every_job_has_limits_well_inside_the_visibility_timeout():
    celery_app.autodiscover_tasks(related_name="jobs", force=True)
    longest = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] / 3
    ours = [task for name, task in celery_app.tasks.items() if name.split(".")[0] in OUR_APPS]
    assert ours
    for task in ours:
        hard = task.time_limit or settings.CELERY_TASK_TIME_LIMIT
        soft = task.soft_time_limit or settings.CELERY_TASK_SOFT_TIME_LIMIT
        assert soft < hard <= longest, task.name


def test_every_package_that_our_code_imports_is_chosen_by_name_and_not_by_accident():
    chosen = {
        re.split(r"[\[=]", line)[0].lower().replace("_", "-")
        for line in (ROOT / "requirements" / "runtime.in").read_text().splitlines()
        if line and not line.startswith("#")
    }
    published_as = packages_distributions()
    by_accident = set()
    for path in python_files():
        if "tests" in path.parts or path.relative_to(ROOT).parts[0] not in OUR_APPS:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in {name.split(".")[0] for name in names} - {*OUR_APPS, *sys.stdlib_module_names}:
                if not chosen & {dist.lower().replace("_", "-") for dist in published_as.get(name, [])}:
                    by_accident.add(name)
    assert not by_accident


def test_every_template_is_used():
    text = "\n".join(path.read_text() for path in [*python_files(), *tracked("templates")] if path.is_file())
    # Named by Django or by a library, not by us.
    by_others = ("django/forms/", "account/", "mfa/", "socialaccount/", "allauth/", "admin/")
    unused = []
    for path in tracked("templates"):
        name = str(path.relative_to(ROOT / "templates"))
        if name.startswith(by_others) or re.fullmatch(r"\d{3}\.html", name):
            continue
        if name not in text:
            unused.append(name)
    assert not unused


def test_every_setting_read_from_the_environment_is_documented():
    source = (ROOT / "caseportal" / "settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|needed)\(\s*"([A-Z_]+)"', source))
    documented = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read <= documented, sorted(read - documented)


def test_every_model_has_a_line_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text()
    ours = {
        model.__name__
        for app in OUR_APPS
        if app in apps.app_configs
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model")
    }
    missing = sorted(name for name in ours if f"`{name}`" not in glossary)
    assert not missing


def test_every_event_has_a_row_in_the_table_of_knock_ons_and_every_row_an_event():
    said = set()
    for path in python_files():
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            if getattr(node.func, "attr", getattr(node.func, "id", "")) == "happened":
                said.add(node.args[0].value)
    assert said == knock_ons.events()


@pytest.mark.parametrize("app", [a for a in OUR_APPS if (ROOT / a / "events.py").exists()])
def test_every_audit_code_of_an_app_is_registered_and_named_after_it(app):
    module = importlib.import_module(f"{app}.events")
    for code in module.CODES:
        assert code.code.startswith((f"{app}.", f"{app.removeprefix('national_')}."))
        assert catalogue.find(code.code) == code
        assert code.erasure in {"with_person", "keep_fact"}


OF_OUR_RECORDS = {"person", "contact", "assessment", "plan", "user", "budget", "team", "review", "task"}


def _upward_names() -> dict[str, set[str]]:
    """For each app, the reverse names on its models that lead to apps above it."""
    rung = {
        name.strip(): len(LADDER) - place for place, names in enumerate(LADDER) for name in names.split("|")
    }
    found: dict[str, set[str]] = {}
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            for relation in model._meta.related_objects:
                name, above = (
                    relation.get_accessor_name(),
                    rung.get(relation.related_model._meta.app_label, 0),
                )
                if name and above > rung[app]:
                    found.setdefault(app, set()).add(name)
    return found


def test_no_app_uses_a_reverse_name_that_leads_upwards():
    upward = _upward_names()
    breaches = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.value.id}.{node.attr}"
        for path in python_files()
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in OF_OUR_RECORDS
        and node.attr in upward.get(path.relative_to(ROOT).parts[0], set())
    ]
    assert not breaches


def test_nothing_marks_text_as_safe_or_names_every_field():
    marks = ("mark_safe(", "|safe", 'fields = "__all__"', "csrf_exempt", "# TODO")
    sinners = []
    for path in [*python_files(), *tracked("templates")]:
        if path.name == "test_repository.py" or not path.is_file():
            continue
        text = path.read_text()
        sinners += [f"{path.relative_to(ROOT)}: {mark}" for mark in marks if mark in text]
    assert not sinners


def test_every_staff_page_says_what_it_is_for():
    missing = []
    for path in tracked("templates"):
        text = path.read_text() if path.is_file() else ""
        name = str(path.relative_to(ROOT / "templates"))
        if 'extends "base.html"' in text and "page_help" not in text and not name.startswith("base"):
            missing.append(name)
    assert not missing


def test_no_two_landmarks_of_a_page_have_one_name():
    heading = re.compile(r'<h\d[^>]* id="([^"]+)"[^>]*>(.*?)</h\d>')
    named = re.compile(r'(?:role="region"|<(?:nav|aside|section))(?: class="[^"]*")? aria-label="([^"]+)"')
    sinners = {}
    for path in tracked("templates"):
        text = path.read_text()
        headings = dict(heading.findall(text))
        labelled = re.findall(r'<section[^>]* aria-labelledby="([^"]+)"', text)
        names = [headings.get(each, each) for each in labelled] + named.findall(text)
        if twice := {name for name in names if names.count(name) > 1}:
            sinners[str(path.relative_to(ROOT))] = twice
    assert not sinners


def test_no_title_holds_a_name():
    named = re.compile(r"{% block title %}[^%]*\.(?:name|full_name|given_names|family_name|preferred_name)\b")
    sinners = [
        str(path.relative_to(ROOT))
        for path in tracked("templates")
        if path.is_file() and named.search(path.read_text())
    ]
    assert not sinners


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_pages_printed_from_the_code_are_up_to_date(name):
    assert (DOCS / name).read_text() == PAGES[name](), "run manage.py print_docs"


MOST_BYTES_OF_A_PICTURE = 300_000


def test_every_picture_that_the_first_page_shows_is_there_and_small():
    shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text())
    assert shown
    for name in shown:
        size = (ROOT / name).stat().st_size
        assert 0 < size < MOST_BYTES_OF_A_PICTURE, f"{name}: {size} bytes"
