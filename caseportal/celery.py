"""The Celery application and the one table of what runs when. Times are UTC; the jobs work out London dates."""

from __future__ import annotations

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, celeryd_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caseportal.settings")

app = Celery("caseportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")

app.conf.beat_schedule = {
    "outbox": {"task": "core.jobs.sweep_outbox", "schedule": 5.0, "options": {"expires": 5}},
    "open_drafts": {
        "task": "core.jobs.forget_open_drafts",
        "schedule": crontab(minute="20"),
        "options": {"expires": 600},
    },
    # What nobody has looked at reaches the manager in hours, so this is asked for all day.
    "untouched": {
        "task": "contacts.jobs.tell_of_untouched",
        "schedule": crontab(minute="7,22,37,52"),
        "options": {"expires": 600},
    },
    # Every quarter of an hour the day's run is asked for; it happens once a day, and a missed night is caught up.
    "reminders": {
        "task": "worklist.jobs.raise_due_tasks",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
    # Done in the first minutes of each day; a night without a worker has no figures, for they cannot be made later.
    "figures": {
        "task": "reporting.jobs.keep_figures",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
    "exports": {
        "task": "reporting.jobs.take_files_away",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
    "unused_accounts": {
        "task": "accounts.jobs.close_unused_accounts",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
    "safeguarding_watch": {
        "task": "safeguarding.jobs.watch",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
    "reablement": {
        "task": "reablement.jobs.keep_time",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
    "plans_to_start": {
        "task": "support_plans.jobs.activate_due_plans",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
}


@celeryd_init.connect(weak=False)
@beat_init.connect(weak=False)
def refuse_unsafe_start(**_: object) -> None:
    """The worker and the scheduler refuse the same settings as the web server."""
    from django.core.exceptions import ImproperlyConfigured

    from core import checks

    try:
        checks.refuse_unsafe_start()
    except ImproperlyConfigured as error:
        # Celery logs an exception of a signal and goes on; only this stops it.
        raise SystemExit(str(error)) from error
