"""Tags of our pages: dates in words, money, tags, lists, and the frame around every page."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from core.forms import GovukForm, TextField, VersionedForm

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _today_is_saturday_21_november_2026(monkeypatch):
    monkeypatch.setattr("core.clock.today", lambda: TODAY)


def shown(source: str, **context: object) -> str:
    return Template("{% load govuk dates %}" + source).render(Context(context))


def on(day: int, month: int = 11, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, day)


def utc(hour: int, minute: int, day: int = 20, month: int = 11) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=datetime.UTC)


AGO = '<span class="app-when">{}</span><span class="app-meta">{}</span>'
WHEN = [
    # date, tone, words, under
    (on(18), " app-when--late", "Overdue by 3 days", "Wednesday 18 November"),
    (on(20), " app-when--late", "Overdue by 1 day", "Friday 20 November"),
    (on(21), " app-when--soon", "Due today", "Saturday 21 November"),
    (on(22), " app-when--soon", "Due tomorrow", "Sunday 22 November"),
    (on(25), " app-when--soon", "Due in 4 days", "Wednesday 25 November"),
    (on(26), "", "Due in 5 days", "Thursday 26 November"),
    (on(18, 1, 2027), "", "Due in 58 days", "Monday 18 January 2027"),
]


@pytest.mark.parametrize("date,tone,words,under", WHEN)
def test_a_date_says_what_it_means_today_with_the_date_under_it(date, tone, words, under):
    html = shown("{% contextual_date date today %}", date=date, today=TODAY)

    assert html == f'<span class="app-when{tone}">{words}</span><span class="app-meta">{under}</span>'


def test_what_came_today_does_not_wait_for_0_days():
    assert "Waiting since today<" in shown("{% waiting_since day %}", day=TODAY)
    assert "Nothing for less than a day<" in shown('{% waiting_since day words="Nothing for" %}', day=TODAY)


def test_a_moment_adds_its_time_and_other_words_can_be_given():
    html = shown('{% contextual_date date today due="Starts" %}', date=utc(10, 30, day=24), today=TODAY)

    assert "Starts in 3 days" in html
    assert "Tuesday 24 November, 10:30am" in html


def test_no_date_is_said_in_words():
    assert "No date" in shown("{% contextual_date date %}", date=None)


@pytest.mark.parametrize(
    "days,tone", [(1, ""), (6, ""), (7, " app-when--soon"), (13, " app-when--soon"), (14, " app-when--late")]
)
def test_waiting_is_counted_in_days_and_grows_louder(days, tone):
    since = TODAY - datetime.timedelta(days=days)

    html = shown('{% waiting_since since words="Nothing for" soon=7 late=14 %}', since=since)

    assert f'<span class="app-when{tone}">Nothing for {days} day{"" if days == 1 else "s"}</span>' in html


@pytest.mark.parametrize(
    "source,value,words",
    [
        ("{{ v|longdate }}", on(18), "Wednesday 18 November"),
        ("{{ v|longdate }}", on(18, 1, 2027), "Monday 18 January 2027"),
        ('{{ v|longdate:"year" }}', on(18), "Wednesday 18 November 2026"),
        ("{{ v|longdate }}", None, ""),
        ("{{ v|shortdate }}", on(14, 3, 1944), "14 March 1944"),
        ("{{ v|moment }}", utc(16, 52), "Friday 20 November, 4:52pm"),
        ("{{ v|moment }}", utc(23, 30, day=30, month=6), "Wednesday 1 July, 12:30am"),
        ("{{ v|moment }}", on(20), "Friday 20 November"),
        ("{{ v|clocktime }}", utc(12, 0), "midday"),
        ("{{ v|clocktime }}", utc(9, 0), "9am"),
        ("{{ v|clocktime }}", datetime.time(0, 0), "midnight"),
        ("{{ v|age_on }}", on(14, 3, 1944), "82"),
        ("{{ v|age_on }}", on(22, 11, 1944), "81"),
        ("{{ v|age_on }}", on(29, 2, 2004), "22"),
        ("{{ v|days_since }}", on(20, 11, 2026), "1 day"),
        ("{{ v|days_since }}", on(26, 5, 1996), "30 years"),
        ("{% days_ago v %}", on(21, 11, 2026), AGO.format("Saved today", "Saturday 21 November")),
        ("{% days_ago v %}", on(20, 11, 2026), AGO.format("Saved yesterday", "Friday 20 November")),
        ("{% days_ago v %}", on(18, 11, 2026), AGO.format("Saved 3 days ago", "Wednesday 18 November")),
        ("{{ v|money }}", Decimal("1234.5"), "£1,234.50"),
        ("{{ v|money }}", Decimal("-12"), "−£12.00"),
        ("{{ v|money }}", 0, "£0.00"),
        ("{{ v|money }}", None, ""),
        ("{{ v|money }}", "not money", ""),
        ("{{ v|money }}", Decimal("NaN"), ""),
        ("{{ v|nhs_number }}", "9990000018", "999 000 0018"),
        ("{{ v|nhs_number }}", "", ""),
        ('{{ v|difference:"the estimate" }}', Decimal("-3.60"), "£3.60 less than the estimate"),
        ('{{ v|difference:"the estimate" }}', Decimal("18.4"), "£18.40 more than the estimate"),
        ('{{ v|difference:"the estimate" }}', Decimal(0), "the same as the estimate"),
        ('{{ v|percent_off:"the estimate" }}', Decimal("-1.24"), "1.24% below the estimate"),
        ('{{ v|percent_off:"the estimate" }}', Decimal("12.27"), "12.27% above the estimate"),
        ("{{ v|sentence }}", "A first look at 6 weeks", "A first look at 6 weeks."),
        ("{{ v|sentence }}", "Is she well?", "Is she well?"),
        ("{{ v|sentence }}", "", ""),
        ('{{ v|plural:"person,people" }}', 1, "1 person"),
        ('{{ v|plural:"person,people" }}', 1240, "1,240 people"),
    ],
)
def test_values_are_shown_in_words(source, value, words):
    assert shown(source, v=value) == words


def test_a_tag_carries_words_and_escapes_them():
    html = shown('{% tag text "blue" %}', text="<script>")

    assert html == '<strong class="govuk-tag govuk-tag--blue">&lt;script&gt;</strong>'


def test_a_colour_that_does_not_exist_is_a_mistake_of_the_page():
    with pytest.raises(ValueError, match="no colour"):
        shown('{% tag "x" "pink" %}')


@pytest.mark.parametrize(
    "value,html",
    [
        ("high", '<strong class="govuk-tag govuk-tag--red">High risk</strong>'),
        ("medium", '<strong class="govuk-tag govuk-tag--orange">Medium risk</strong>'),
        ("standard", '<strong class="govuk-tag govuk-tag--grey">Standard risk</strong>'),
        ("", ""),
    ],
)
def test_risk_is_said_in_words(value, html):
    assert shown("{% risk_tag value %}", value=value) == html


class Ask(GovukForm):
    name = TextField(label="Name")
    place = TextField(label="Place")


def test_the_summary_is_absent_while_nothing_is_wrong():
    assert shown("{% error_summary form %}", form=Ask()).strip() == ""
    assert shown("{% error_summary form %}", form=Ask({"name": "a", "place": "b"})).strip() == ""


def test_the_summary_lists_each_problem_with_the_way_to_it():
    html = shown("{% error_summary form %}", form=Ask({"name": ""}))

    assert "There is a problem" in html
    assert '<a href="#id_name">Enter name</a>' in html
    assert '<a href="#id_place">Enter place</a>' in html


def test_one_summary_can_serve_several_forms():
    html = shown("{% error_summary one two %}", one=Ask({}, prefix="a"), two=Ask({}, prefix="b"))

    assert html.count("<li>") == 4
    assert "#id_b-place" in html


def test_both_texts_of_a_conflict_are_shown_and_escaped():
    class Change(VersionedForm):
        name = TextField(label="Name")

    form = Change({"name": "<i>mine</i>", "version": "1"})
    assert form.is_valid()
    form.show_conflict(version=2, saved={"name": "theirs"})

    html = shown("{% conflict form %}", form=form)

    assert "theirs" in html
    assert "&lt;i&gt;mine&lt;/i&gt;" in html
    assert shown("{% conflict form %}", form=Ask()).strip() == ""


def test_a_summary_list_says_what_is_not_recorded_and_names_what_a_link_changes():
    rows = [("Name", "Peggy <b>"), ("NHS number", None), {"key": "Born", "value": "1944", "href": "/x/"}]

    html = shown("{% summary_list rows %}", rows=rows)

    assert "Peggy &lt;b&gt;" in html
    assert "Not recorded" in html
    assert 'href="/x/">Change<span class="govuk-visually-hidden"> Born</span>' in html


def test_pages_of_a_list_lead_only_where_there_is_something():
    assert shown("{% pagination %}").strip() == ""
    html = shown('{% pagination next=url label="People" %}', url="?after=abc&x=1")
    assert 'href="?after=abc&amp;x=1"' in html
    assert "Previous" not in html
    assert 'aria-label="People"' in html


def test_what_a_page_is_for_stands_in_a_details_block():
    html = shown("{% page_help %}Everything that needs {{ who }}.{% endpage_help %}", who="<you>")

    assert "What this page is for" in html
    assert "Everything that needs &lt;you&gt;." in html


@pytest.mark.parametrize(
    "level,variant",
    [("success", "success"), ("info", "information"), ("warning", "warning"), ("error", "error")],
)
def test_a_message_is_an_alert_of_its_kind(level, variant):
    html = shown("{% alert text level %}", text="The note was saved.", level=level)

    assert f'class="moj-alert moj-alert--{variant}"' in html
    assert "The note was saved." in html


# The frame ------------------------------------------------------------------------------------------------------

COUNCIL = {
    "name": "Northbridge Council",
    "phone": "01632 960100",
    "out_of_hours_phone": "",
    "logo_url": "",
    "demo": True,
}


@pytest.mark.parametrize("template", ["base.html", "base_public.html"])
@pytest.mark.parametrize("evaluation", [True, False])
def test_the_frame_has_nothing_inline_and_says_when_it_is_an_evaluation(template, evaluation):
    html = render_to_string(template, {"council": COUNCIL, "evaluation": evaluation, "navigation": []})

    assert "<style" not in html
    assert " style=" not in html
    assert "<script>" not in html
    assert " on" + "click" not in html
    assert ("Never enter real people here" in html) is evaluation
    assert html.count("<main") == html.count("</main>") == 1
    assert 'lang="en-GB"' in html


def test_the_place_one_is_in_is_marked_in_the_navigation():
    places = [
        {"label": "My work", "url": "/w/", "active": True},
        {"label": "People", "url": "/p/", "active": False},
    ]

    html = render_to_string("base.html", {"council": COUNCIL, "evaluation": False, "navigation": places})

    assert 'href="/w/" aria-current="true"' in html
    assert html.count("aria-current") == 1


def test_the_title_of_a_page_with_a_refused_form_begins_with_error():
    html = render_to_string("base.html", {"form": Ask({}), "evaluation": False})

    assert "<title>Error: Adult social care" in html


@pytest.mark.parametrize("code", [400, 403, 404, 409, 429, 500, 503])
def test_an_error_page_needs_nothing_but_itself(code):
    html = render_to_string(f"{code}.html", {})

    assert "<h1" in html
    assert "Traceback" not in html
    assert "number of this request" not in html


@pytest.mark.parametrize("code", [403, 404, 409, 500, 503])
def test_an_error_page_gives_the_number_to_quote_and_whom_to_ring(code):
    html = render_to_string(f"{code}.html", {"request_id": "4f1c-22", "council": COUNCIL})

    assert "4f1c-22" in html
    assert "01632 960100" in html


def test_a_refusal_gives_its_reason():
    html = render_to_string("403.html", {"reason": "Only a manager of the team may <approve>."})

    assert "Only a manager of the team may &lt;approve&gt;." in html
