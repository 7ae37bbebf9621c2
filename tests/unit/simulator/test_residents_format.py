"""The residents' format: what may be said about a person, and how a mistake is told."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest
import yaml
from pydantic import ValidationError

from simulator.residents.day import Day
from simulator.residents.model import RESIDENTS, Answer, Between, Voicemail
from simulator.residents.pages import find_form

EVERYTHING = """
- name: riet
  display: "Riet Wolters"
  phones: ["+31130002211", "+31600002001"]
  call_waiting: true
  calls:
    - pick_up: 6
      press: 1
      on:
        - {hears: "maakt u zich zorgen|worried", press: "2", after: 4, times: 1}
        - {hears: "verkeerd verbonden", hang_up: true}
        - {hears: "enquete", stay_silent: true}
      talk: 90
      end: hang_up
      hang_up_after: 8
    - no_answer
    - busy
    - phone_off
    - voicemail
    - {voicemail: {after: 12}}
    - {pick_up: {between: [3, 9]}}
    - manual
  rings_in: [{at: "09:05", to: "+31130000100", press: "1"}, {at: 2100, to: "+31130000100"}]
  sends: [{at: 60, to: "+31130000100", body: "JA"}]
  texts:
    - {hears: "http", after: 20, visits: [{submit: claim}, {after: 300, submit: arrived, fields: {a: b}}]}
    - {hears: ".", reply: "NEE"}
"""


def test_everything_that_can_be_said() -> None:
    [riet] = RESIDENTS.validate_python(yaml.safe_load(EVERYTHING))
    first = riet.calls[0]
    assert isinstance(first, Answer)
    assert first.press == "1", "a key may be written as a number"
    assert [rule.press for rule in first.on] == ["2", None, None], "an unquoted `on` is understood"
    assert riet.calls[1:5] == ["no_answer", "busy", "phone_off", "voicemail"]
    assert isinstance(riet.calls[5], Voicemail)
    assert isinstance(riet.calls[6], Answer)
    assert riet.calls[6].pick_up == Between(between=(3, 9))
    assert [ring.at for ring in riet.rings_in] == [time(9, 5), 2100]


def test_who_has_no_habits_is_played_by_hand() -> None:
    [riet] = RESIDENTS.validate_python([{"name": "riet", "phones": ["+31130002211"]}])
    assert riet.calls == ["manual"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"phones": ["0130001211"]}, ("phones", 0)),
        ({"phones": []}, ("phones",)),
        ({"calls": ["sleeps"]}, ("calls", 0)),
        ({"calls": [{"pickup": 6}]}, ("calls", 0)),
        ({"calls": [{"press": "x"}]}, ("calls", 0)),
        ({"calls": [{"on": [{"hears": "(", "press": "1"}]}]}, ("calls", 0)),
        ({"calls": [{"on": [{"hears": "a", "press": "1", "hang_up": True}]}]}, ("calls", 0)),
        ({"rings_in": [{"at": "kwart over negen", "to": "+31130000100"}]}, ("rings_in", 0)),
        ({"hobbies": ["chess"]}, ("hobbies",)),
    ],
)
def test_a_mistake_is_told_with_its_place(change: dict[str, object], where: tuple[object, ...]) -> None:
    with pytest.raises(ValidationError) as refused:
        RESIDENTS.validate_python([{"name": "riet", "phones": ["+31130002211"]} | change])
    assert refused.value.errors()[0]["loc"][1 : 1 + len(where)] == where


def test_moments_of_the_day_are_wall_time_or_seconds_since_its_start() -> None:
    amsterdam = ZoneInfo("Europe/Amsterdam")
    summer = Day(start=1_000.0, date=date(2026, 7, 1), timezone=amsterdam)
    winter = Day(start=1_000.0, date=date(2026, 12, 1), timezone=amsterdam)
    assert summer.moment(60) == 1_060
    assert summer.moment(time(9, 5)) % 86_400 == (7 * 60 + 5) * 60
    assert winter.moment(time(9, 5)) % 86_400 == (8 * 60 + 5) * 60


def test_a_form_is_found_by_its_id_with_what_it_would_send() -> None:
    page = """<form id="other"><input name="x" value="1"></form>
        <form id="claim" method="POST" action="/claim"><input type="hidden" name="csrf" value="s3">
        <input name="note"><input type="radio" name="how" value="phone"><input type="radio" name="how"
        value="door" checked><input type="checkbox" name="key"><button name="go" value="1">Go</button></form>"""
    form = find_form(page, "claim")
    assert form is not None
    assert (form.method, form.action) == ("POST", "/claim")
    assert form.values == [("csrf", "s3"), ("note", ""), ("how", "door")]
    assert find_form(page, "outcome") is None


def test_a_name_that_comes_more_than_once_is_sent_each_time_and_what_is_filled_in_replaces_it() -> None:
    page = '<form id="all"><input name="ride" value="3"><input name="ride" value="4"><input name="what"></form>'
    form = find_form(page, "all")
    assert form is not None
    assert form.filled_in({"what": "done"}) == [("ride", "3"), ("ride", "4"), ("what", "done")]
    assert form.filled_in({"ride": "5"}) == [("what", ""), ("ride", "5")]
