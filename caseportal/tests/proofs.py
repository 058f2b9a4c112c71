"""What was proved, on which commit: written down when it held, and not proved again while nothing has changed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

KEPT_AT = "docs/assurance/proofs.json"
CHANGED = " and changes"


def commit(root: Path) -> str:
    """The last commit that changed anything but the list of proofs; marked where files have changed since."""

    def git(*arguments: str) -> str:
        everything_else = ("--", ".", f":(exclude){KEPT_AT}")
        found = subprocess.run(
            ["git", *arguments, *everything_else], cwd=root, capture_output=True, text=True, check=False
        )
        return found.stdout.strip()

    last = git("log", "-1", "--abbrev=12", "--format=%h")
    if not last:
        return "unknown"
    return last + CHANGED if git("status", "--porcelain") else last


def known(root: Path) -> dict[str, dict[str, Any]]:
    path = root / KEPT_AT
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_down(root: Path, name: str, **facts: Any) -> None:
    """Keep the facts of a proof that held, in place of what was known of it."""
    path = root / KEPT_AT
    path.parent.mkdir(parents=True, exist_ok=True)
    proofs = {**known(root), name: facts}
    path.write_text(json.dumps(proofs, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def held(proofs: Iterable[dict[str, Any]], test: str, at: str) -> bool:
    """Whether a test proved its proof on this very commit. Nothing holds that was proved beside changed files."""
    if at == "unknown" or at.endswith(CHANGED):
        return False
    return any(proof.get("test") == test and proof.get("commit") == at for proof in proofs)
