"""The places of points on the figures: on skin, each side the mirror image of the other, left where left is."""

from __future__ import annotations

import pytest

from afferent.body.figures import load_figures
from afferent.body.regions import SIDES, mirror, side
from afferent.body.spots import named, spots
from tests.unit.body.test_figures import crossings

FIGURES = load_figures()


def regions_at(figure: str, place) -> list[str]:
    """The drawn regions that hold a place: one, or none off the figure."""
    return [region for region in FIGURES[figure].shapes if crossings(FIGURES[figure].ring(region), place)]


@pytest.mark.parametrize("own", SIDES)
@pytest.mark.parametrize("name", named())
def test_every_place_lies_on_skin_of_its_own_side(name, own) -> None:
    found = spots(name, own)
    assert found.at
    for place in found.at:
        (region,) = regions_at(found.figure, place)
        assert side(region) == own


@pytest.mark.parametrize("name", named())
def test_right_is_the_mirror_image_of_left(name) -> None:
    left, right = (spots(name, own) for own in SIDES)
    assert right.at == tuple((-x, y) for x, y in left.at)
    for here, there in zip(left.at, right.at, strict=True):
        assert [mirror(region) for region in regions_at(left.figure, here)] == regions_at(right.figure, there)


@pytest.mark.parametrize("name", named())
def test_the_client_s_left_is_on_the_viewer_s_right_in_front_and_on_the_left_behind(name) -> None:
    for own in SIDES:
        found = spots(name, own)
        for x, _ in found.at:
            if found.figure == "body.front":
                assert (x > 0) is (own == "left")
            elif found.figure == "body.back":
                assert (x < 0) is (own == "left")
            else:
                assert own in found.figure.split(".")


def test_where_the_words_put_them() -> None:
    """Along the limb and across it, as the anatomy has it: numbers of the left side."""
    at = {name: spots(name, "left").at for name in named()}

    def height(name: str) -> int:
        return at[name][0][1]

    def out(name: str) -> int:
        return abs(at[name][0][0])

    leg = FIGURES["body.front"].ring("leg.left.front")
    middle = (min(x for x, _ in leg) + max(x for x, _ in leg)) / 2
    assert out("SP9") < out("SP6") < middle < out("ST36") < out("GB34"), "inner points inside, outer points outside"
    assert height("GB34") < height("ST36") < height("SP6"), "from the knee down"
    assert 60 < out("ST36") - middle < 180, "a finger from the edge of the shin"
    assert out("KI3") < out("BL60"), "inner and outer ankle, the tendon between them"
    crease = max(y for _, y in FIGURES["body.front"].ring("wrist.left.front"))
    elbow = FIGURES["body.front"].shapes["elbow.left.front"].anchor[1]
    assert (crease - height("PC6")) / (crease - elbow) == pytest.approx(2 / 12, abs=0.04), "two parts of twelve"
    assert height("TE5") == height("PC6")
    assert out("LI11") > FIGURES["body.front"].shapes["elbow.left.front"].anchor[0], "the outer end"


@pytest.mark.parametrize(("name", "part"), [("EX-LE10", "toe"), ("EX-UE9", "finger")])
def test_four_webs_lie_between_five_digits(name, part) -> None:
    for own in SIDES:
        found = spots(name, own)
        figure = FIGURES[found.figure]
        digits = [
            figure.shapes[f"{found.figure}.{part}{n}{'.base' if part == 'finger' else ''}"].anchor[0]
            for n in range(1, 6)
        ]
        assert len(found.at) == 4
        for n, (x, _) in enumerate(found.at):
            assert min(digits[n : n + 2]) < x < max(digits[n : n + 2])


def test_what_nobody_placed_has_no_place() -> None:
    assert spots("foot_ball", "left") is None
