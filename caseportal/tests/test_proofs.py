"""A run of the long proofs that was cut off goes on where it stopped, and never leaves out what may have changed."""

from __future__ import annotations

import subprocess

import pytest

from caseportal.evaluation import run
from caseportal.tests import proofs

TEST = "caseportal/tests/prove/test_broker_away.py::test_pages[stopped]"


@pytest.fixture
def house(tmp_path):
    """A repository with one commit."""

    def git(*arguments):
        name = ("-c", "user.name=Somebody", "-c", "user.email=somebody@council.example")
        subprocess.run(["git", *name, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet")
    (tmp_path / "pages.py").write_text("one")
    git("add", ".")
    git("commit", "--quiet", "-m", "First")
    return tmp_path, git


def is_held(house) -> bool:
    return proofs.held(proofs.known(house).values(), TEST, proofs.commit(house))


def prove(house) -> None:
    proofs.write_down(house, "pages", test=TEST, commit=proofs.commit(house), trials=3)


def test_what_held_on_this_commit_is_not_proved_again(house):
    place, git = house
    assert not is_held(place)

    prove(place)
    assert is_held(place)

    # Keeping the list of proofs in a commit of its own changes nothing that was proved.
    git("add", ".")
    git("commit", "--quiet", "-m", "Proofs")
    assert is_held(place)


def test_a_later_commit_asks_for_the_proof_again(house):
    place, git = house
    prove(place)

    (place / "pages.py").write_text("two")
    git("add", ".")
    git("commit", "--quiet", "-m", "Second")

    assert not is_held(place)


def test_nothing_holds_beside_files_that_were_changed_and_not_committed(house):
    place, _git = house
    prove(place)
    (place / "pages.py").write_text("two")
    assert not is_held(place)

    prove(place)
    assert not is_held(place)
    assert proofs.known(place)["pages"]["commit"].endswith("and changes")


def test_without_a_repository_everything_is_proved(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    prove(tmp_path)

    assert proofs.commit(tmp_path) == "unknown"
    assert not is_held(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "asked", "again"),
    [
        ([], ["caseportal/tests/prove"], None),
        (["--again"], ["caseportal/tests/prove"], "1"),
        (["--again", "-k", "broker"], ["-k", "broker"], "1"),
    ],
)
def test_again_is_said_with_one_word(monkeypatch, arguments, asked, again):
    told = {}
    monkeypatch.setattr(
        run, "beside_services", lambda name, command, **extra: told.update(command=command, **extra) or 0
    )

    run.prove(arguments)

    assert told["command"][3:] == asked
    assert told.get("CASEPORTAL_PROVE_AGAIN") == again
