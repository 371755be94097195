"""The map: the pictures fill the numb layer, and a limb that nobody is sure of is never one that feels."""

from __future__ import annotations

from typing import Any

from afferent.web.clients.current import current, whole
from afferent.web.clients.models import Client, Record, Statement
from afferent.web.intake.models import Draft
from afferent.web.intake.tests.walk import Phone

UP = {"foot-left": {"answer": "mid_calf"}, "foot-right": {"answer": "toes"}}


def numb() -> Any:
    return Statement.objects.get(fact="numb").body["value"]


def test_the_pictures_fill_the_numb_layer(phone: Phone) -> None:
    phone.through(UP, until="layer-numb")
    assert "Is it numb anywhere else?" in phone.text
    assert "LEFT foot to mid-calf" in phone.text
    phone.send(answer="yes")
    assert 'value="foot.left" checked' in phone.text or 'value="foot.left.sole" checked' in phone.text
    assert 'value="hand.left.palm" checked' not in phone.text


def test_that_is_all_means_just_the_pictures(phone: Phone) -> None:
    phone.through(UP)
    phone.send()
    assert {"foot.left", "ankle.left", "leg.left.front", "leg.left.back"} <= set(numb())
    assert not any("hand" in place for place in numb())


def test_nowhere_is_no(phone: Phone) -> None:
    phone.through({})
    phone.send()
    assert numb() is False


def test_a_limb_not_sure_keeps_nowhere_open(phone: Phone) -> None:
    phone.through({"hand-left": {"answer": "unsure"}})
    phone.send()
    assert not Statement.objects.filter(fact="numb").exists()


def test_a_limb_not_sure_beside_a_numb_one_leaves_the_places_open(phone: Phone) -> None:
    phone.through(UP | {"hand-left": {"answer": "unsure"}})
    phone.send()
    assert "elsewhere" in numb()


def test_changing_a_picture_asks_the_map_again(phone: Phone) -> None:
    phone.through(UP | {"layer-numb": {"answer": "yes"}, "map-numb": {"zone": ["foot.left"], "answer": ""}})
    phone.get("intake_change", "hand-left")
    phone.send(answer="wrist")
    assert phone.at == "layer-numb"
    assert "map-numb" not in Draft.objects.get().answers


def test_places_and_none_together_are_asked_again(phone: Phone) -> None:
    phone.through({"layer-tingling": {"answer": "yes"}}, until="map-tingling")
    assert "Take one of them away" in (phone.send(zone=["foot.left"], answer="none"), phone.fault)[1]
    assert "Nothing is ticked yet" in (phone.send(answer=""), phone.fault)[1]
    phone.send(zone=["foot.left"], answer="", strength__foot__left="7")
    phone.through({})
    assert "LEFT foot (7 of 10)" in phone.text


def test_a_place_that_is_none_is_refused(phone: Phone) -> None:
    phone.through({"layer-tingling": {"answer": "yes"}}, until="map-tingling")
    assert phone.send(zone=["foot.middle"], answer="").status_code == 400


def test_a_mark_on_the_map_is_never_denied_by_none_of_these(phone: Phone, ruth: Any) -> None:
    """A skin problem is marked on the sole, and "none of these" is said of the skin: the therapist is still asked."""
    marks = {"layer-skin": {"answer": "yes"}, "map-skin": {"zone": ["foot.left.sole"], "answer": ""}}
    phone.through(marks | {"skin": {"done": "none"}})
    phone.send()
    said = Statement.objects.filter(client=ruth, fact="open_skin").values_list("body", flat=True)
    assert [one["value"] for one in said] == [None]
    assert "marked on the map" in said[0]["said"]
    assert Statement.objects.get(fact="foot_hot_swollen").body["value"] is False, "only what the mark asks about"
    today = Record.objects.get().on
    asked = {one.fact: one for one in whole(current(Client.objects.get(), today)).questions if one.critical}
    assert asked["open_skin"].reason == "record"


def test_the_therapist_sees_the_map(phone: Phone, ruth: Any, signed_in: Any) -> None:
    phone.through(UP)
    phone.send()
    text = signed_in("therapist").get(f"/clients/{ruth.pk}/map").content.decode()
    assert "left foot to mid-calf" in text.lower()
    assert "<svg" in text
