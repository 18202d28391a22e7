from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from story.authoring.canvas import GROUND, LIGHT, RAIL, can_write, visible
from story.authoring.map.plan import Plan
from story.authoring.map.png import to_png
from story.model import Story
from story.rules.links import Ways
from tests.builders import ANNA, BEN, linked, story


class Seen:
    """A map that has been drawn, and what is where on it."""

    def __init__(self, tale: Story) -> None:
        self.plan = Plan(Ways(tale), can_write)
        self.image = Image.open(BytesIO(to_png(Ways(tale))))

    def at(self, x: float, y: float) -> object:
        return self.image.getpixel((round(x), round(y)))

    def beside(self, column: int, lane: int) -> object:
        """The colour of the left of a disc, where no letter is."""
        return self.at(self.plan.x(column) - self.plan.radius + 4, self.plan.lane_y(lane))


def test_a_map_is_a_png_of_the_size_that_was_planned() -> None:
    seen = Seen(story("A", "AB"))
    assert (seen.image.format, seen.image.size) == ("PNG", (seen.plan.width, seen.plan.height))


def test_every_section_is_a_disc_in_the_colour_of_its_pov() -> None:
    seen = Seen(story("A", "AB"))
    assert (seen.beside(0, 0), seen.beside(1, 1)) == (visible(ANNA.colour), visible(BEN.colour))
    assert seen.beside(0, 1) in {GROUND, RAIL}


def test_a_way_on_is_a_whole_bow_and_a_way_back_a_dashed_one() -> None:
    tale = linked(story("A", "A", "A", "A", "A", "A"), (1, "4"), (6, "1"))
    plan = Seen(tale).plan
    on, back = (next(hop for hop in plan.hops if (hop.end < hop.start) is way) for way in (False, True))
    seen = Seen(tale)

    def drawn(hop: object, start: float, end: float) -> list[bool]:
        y = plan.track_y - plan.radius - 3 - plan.rise(hop)  # type: ignore[arg-type] # a hop has a height
        middle = range(round((start + end) / 2) - 20, round((start + end) / 2) + 20)
        return [any(seen.at(x, y + dy) != GROUND for dy in range(-12, 13)) for x in middle]

    assert all(drawn(on, plan.x(on.start), plan.x(on.end)))
    dashes = drawn(back, plan.x(back.start), plan.x(back.end))
    assert any(dashes)
    assert not all(dashes)


def test_the_end_is_filled() -> None:
    seen = Seen(story("A", "A"))
    y = seen.plan.track_y + seen.plan.radius - 5
    assert (seen.at(seen.plan.x(0), y), seen.at(seen.plan.x(1), y)) == (GROUND, LIGHT)


def test_a_title_hangs_down_to_the_left_of_its_column() -> None:
    tale = story("A", "A")
    bare = replace(tale, scenes=(tale.scenes[0], replace(tale.scenes[1], title=" ")))
    seen, without = Seen(tale), Seen(bare)
    x, y = seen.plan.x(1), seen.plan.titles_y
    lettered = [
        (dx, dy) for dx in range(-90, 40) for dy in range(-20, 70)
        if seen.at(x + dx, y + dy) != without.at(x + dx, y + dy)
    ]  # fmt: skip
    assert lettered
    assert all(-dx - 25 < dy < -dx + 25 for dx, dy in lettered)


@pytest.mark.parametrize("name", ["房间", "⁂"])
def test_a_pov_whose_name_cannot_be_lettered_goes_by_its_number(name: str) -> None:
    tale = replace(story("AB"), povs=(ANNA, replace(BEN, name=name)), title=name)
    plan = Plan(Ways(tale), can_write)
    assert [plan.name(lane) for lane in (0, 1)] == ["Anna", "POV 2"]
    assert [plan.mark(lane) for lane in (0, 1)] == ["1", "2"]
    assert Image.open(BytesIO(to_png(Ways(tale)))).width == plan.width


def test_a_long_story_can_be_drawn() -> None:
    assert Seen(story(*["AB"] * 400)).image.width < 9_000
