"""No line of the log says what was searched for, or holds a key that opens something."""

import pytest

from core.log_lines import without_values


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("GET /people/?q=Whitlow&page=2", "GET /people/"),
        ("GET /join/Zk3-09abcDEFghijk/", "GET /join/…/"),
        ("Not Found: /join/Zk3-09abcDEFghijk/", "Not Found: /join/…/"),
        ("GET /password/reset/1a-c9f0d1e2b3a4/", "GET /password/reset/…/"),
        ("GET /password/reset/done/", "GET /password/reset/done/"),
        (
            "GET /sign-in/lost-second-step/k7pr53v7cpsq/0a1b2c3d4e5f/",
            "GET /sign-in/lost-second-step/k7pr53v7cpsq/…/",
        ),
        ("GET /people/k7pr53v7cpsq/", "GET /people/k7pr53v7cpsq/"),
    ],
)
def test_an_address_is_written_without_its_query_and_its_keys(said, written):
    assert without_values(None, "info", {"request": said, "code": 200}) == {"request": written, "code": 200}
