"""What reporting writes: the figures of a day, and the register of exports."""

from reporting.services.exporting import (
    MAKE_EXPORT,
    approve_export,
    ask_for_export,
    fetch_export,
    make_export,
    make_export_from_outbox,
    refuse_export,
    take_files_away,
)
from reporting.services.keeping import JOB, keep_figures, keep_figures_of_the_day

__all__ = [
    "JOB",
    "MAKE_EXPORT",
    "approve_export",
    "ask_for_export",
    "fetch_export",
    "keep_figures",
    "keep_figures_of_the_day",
    "make_export",
    "make_export_from_outbox",
    "refuse_export",
    "take_files_away",
]
