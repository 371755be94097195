"""The public search: what is asked goes into no address, what is not known is shown, nobody is made up."""

from __future__ import annotations

import re

import pytest

from afferent.directory.grid import km
from afferent.errors import InputError
from afferent.web.directory.where import place


def asked(client, **fields):
    return client.post("/find/", fields)


def text(answer) -> str:
    return answer.content.decode()


def test_the_form_opens_to_everybody_and_sets_no_cookie(client, directory) -> None:
    answer = client.get("/find/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "geolocation=(self)" in answer["Permissions-Policy"]
    assert "geolocation=()" in client.get("/find/points")["Permissions-Policy"]


def test_three_with_reasons_and_what_is_not_known(client, directory) -> None:
    answer = asked(client, where="55401", miles="25")
    shown = text(answer)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert shown.index("Rosalind Quay") < shown.index("Ida &lt;b&gt;Marsh")
    assert "stand-verified" in shown
    assert "? Not known, each counts half" in shown
    assert "that is a label, no proof of anything" in shown
    assert "1 Home Street" not in shown
    assert "CC BY 4.0" in shown
    assert "Nobody can pay for a place" in shown
    assert text(asked(client, where="55401", miles="25")) == shown


def test_the_map_shows_pins_rings_and_towns_and_nothing_from_elsewhere(client, directory) -> None:
    shown = text(asked(client, where="55401"))
    picture = shown[shown.index('<svg viewBox="0 0 320 320"') : shown.index("</figcaption>")]
    assert "Saint Paul" in picture
    assert "find-pin-first" in picture
    assert " mi</text>" in picture
    assert "http" not in picture
    assert "never at a door" in picture


@pytest.mark.parametrize("where", ["44.9778, -93.2650", "44.98,-93.27"])
def test_a_position_is_rounded_and_never_said_closer(client, directory, where) -> None:
    shown = text(asked(client, where=where))
    assert 'value="45.00, -93.25"' in shown
    assert "44.97" not in shown
    assert "44.98" not in shown
    assert "Your position was rounded" in shown
    found = place(directory, where)
    assert km(found.lat, found.lon, 44.98, -93.27) < 3.5


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("Saint Paul, MN", "Saint Paul, MN"), ("saint paul mn", "Saint Paul, MN"), ("St. Paul", "Saint Paul, MN"),
        ("55401-1234", "Minneapolis, MN 55401"), ("Springfield, IL", "Springfield, IL"),
    ],
)  # fmt: skip
def test_places_as_people_write_them(directory, where, name) -> None:
    assert place(directory, where).name == name


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("", "Write where you are"), ("00000", "00000 is not in our table"), ("Nowhere", "We do not find Nowhere"),
        ("Springfield", "There is a Springfield in IL, MO"), ("91, 0", "no such place on earth"),
        ("<script>", "We do not find"), ("x" * 500, "We do not find"),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_used_is_said_beside_the_field(client, directory, where, says) -> None:
    with pytest.raises(InputError, match=says):
        place(directory, where[:80])
    answer = asked(client, where=where)
    assert answer.status_code == 400
    assert says in text(answer).replace("&lt;", "<").replace("&gt;", ">")
    assert "<script>" not in text(answer)


@pytest.mark.parametrize(
    "fields",
    [
        {"miles": "3"}, {"miles": "x"}, {"need": "nonsense"}, {"training": "nonsense"}, {"price": "much"},
        {"price": "0"}, {"price": "²"}, {"price": "99999"}, {"price": "000001" + "9" * 5000}, {"points_fit": "7"},
        {f"points_{part}": "0" for part in ("fit", "reach", "time", "money", "preference")},
    ],
)  # fmt: skip
def test_answers_that_are_none_are_one_sentence(client, directory, fields) -> None:
    answer = asked(client, where="55401", **fields)
    assert answer.status_code == 400
    assert 'role="alert"' in text(answer)


def test_nobody_suitable_is_said_with_what_else_there_is(client, directory) -> None:
    shown = text(asked(client, where="55401", miles="10", need=["cancer", "licence_seen"]))
    assert "We know of nobody suitable within 10 mi (16 km) of Minneapolis, MN 55401" in shown
    assert "Look further away" in shown
    assert "cancer centre" in shown
    assert "no licence that was checked" in shown
    shown = text(asked(client, where="99723"))
    assert "We know of no massage therapist within" in shown


def test_a_lapsed_licence_where_one_is_needed_is_never_ranked(client, directory) -> None:
    shown = text(asked(client, where="54701"))
    assert "Mei Tran" not in shown
    assert "the licence has lapsed" in shown


def test_own_points_change_the_score_and_are_said(client, directory) -> None:
    plain = text(asked(client, where="55401"))
    own = text(asked(client, where="55401", points_fit="2", points_money="0"))
    assert "With your own points" not in plain
    assert "With your own points: fit for neuropathy 62" in own
    page = text(client.post("/find/points", {"where": "55401", "points_money": "0"}))
    assert "Money: 0 points" in page
    assert 'name="where" value="55401"' in page


def test_without_a_directory_the_page_says_so(client, db, settings, tmp_path) -> None:
    settings.DIRECTORY = tmp_path / "none.sqlite3"
    answer = client.get("/find/")
    assert answer.status_code == 503
    assert "afferent directory load" in text(answer)


def test_a_directory_that_is_replaced_is_read_anew(client, directory) -> None:
    from django.conf import settings

    from afferent.directory.store import Directory

    if not hasattr(settings.DIRECTORY, "unlink"):
        pytest.skip("a file is replaced, a database is not")
    assert "Rosalind" in text(asked(client, where="55401"))
    for end in ("", "-wal", "-shm"):
        settings.DIRECTORY.with_name(settings.DIRECTORY.name + end).unlink(missing_ok=True)
    Directory.open(settings.DIRECTORY, make=True).close()
    assert "55401 is not in our table" in text(asked(client, where="55401"))


def test_the_search_is_carried_to_a_profile_and_back(client, directory) -> None:
    shown = text(client.post("/find/npi-1234567893", {"where": "55401", "need": ["no_steps"], "miles": "25"}))
    assert "Back to the list" in shown
    assert 'name="need" value="no_steps"' in shown


def test_where_little_is_known_it_is_said_and_only_checked_ones_are_one_press_away(client, directory) -> None:
    shown = text(asked(client, where="55401", miles="25"))
    assert "Little is known of one of these." in shown  # Ida: listed, and nothing else
    assert shown.count("Nobody has said anything of training or experience") == 1
    assert 'name="need" value="training_seen">Show only checked training or experience' in shown
    assert re.search(r"Everything else, of it [\d.]+ for what is not known", shown)
    only = text(asked(client, where="55401", miles="25", need="training_seen"))
    assert "Rosalind Quay" in only
    assert "Teodor" not in only
    assert "no training or experience that was checked" in only
    assert "Show only checked" not in only


def test_how_far_is_said_as_it_was_asked(client, directory) -> None:
    assert "suitable within 10 mi (16 km), or who visit, of" in text(asked(client, where="55401", miles="10"))
    assert "suitable within 50 mi (80 km), of" in text(asked(client, where="55401", miles="50"))
    assert "who may come to you, up to 25 mi (40 km) away" in text(asked(client, where="55401", need="at_home"))
