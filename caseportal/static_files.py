"""Static files of front-end packages, by an explicit list, and the storage that hashes every name.

`settings.NODE_ASSETS` maps a public name to a file in node_modules. A file that a listed file names (a picture, a source
map) must be listed too, or collecting stops: nothing is served by accident, and nothing is missed silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OneFile(FileSystemStorage):
    """Answers to a public name with the one file that stands behind it."""

    # The collector puts a prefix before the public name when there is one.
    prefix = ""

    def __init__(self, root: Path, source: str) -> None:
        super().__init__(location=str(root))
        self.source = source

    def path(self, name: str) -> str:
        return super().path(self.source)


class NodeModulesFinder(BaseFinder):
    """Finds the listed files of front-end packages and no others."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.NODE_MODULES)
        self.files: dict[str, str] = settings.NODE_ASSETS

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return [
            Error(f"node_modules/{source} is missing: run make setup.", id="caseportal.E001")
            for source in self.files.values()
            if not (self.root / source).is_file()
        ]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        source = self.files.get(path)
        if source is None or not (self.root / source).is_file():
            return [] if find_all else None
        found = str(self.root / source)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for public, source in self.files.items():
            if not matches_patterns(public, list(ignore_patterns or [])):
                yield public, OneFile(self.root, source)


class PortalStorage(CompressedManifestStaticFilesStorage):
    """Every file under a name with its hash, kept for a year by browsers."""

    # Names inside `import … from "…"` are hashed too; otherwise modules load by names that never change.
    support_js_module_import_aggregation = True
