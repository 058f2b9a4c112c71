"""The last page there is: whatever is broken, somebody reads what to do."""

from unittest import mock

from django.template import TemplateSyntaxError
from django.test import RequestFactory

from caseportal import errors


def test_where_the_page_of_an_error_is_broken_too_the_words_still_come():
    with mock.patch.object(errors, "render_to_string", side_effect=TemplateSyntaxError):
        answer = errors.broken(RequestFactory().get("/people/"))

    assert answer.status_code == 500
    assert "what you typed is still there" in answer.content.decode()
