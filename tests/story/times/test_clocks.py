"""Times of day as people write them."""

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.errors import UnreadableClock
from story.times.phrases import read_clock
from tests.story.times.moments import PIECES


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        *[("19:30", time(19, 30)), ("7pm", time(19)), ("7.30 pm", time(19, 30)), ("19h", time(19)), ("noon", time(12))],
        *[
            ("midnight", time(0)),
            ("midday", time(12)),
            ("at 7 P.M.", time(19)),
            ("12am", time(0)),
            ("12:30pm", time(12, 30)),
        ],
        *[("0:00", time(0)), ("24:00", time(0)), ("9", time(9)), ("19h30", time(19, 30)), (" 19.05 ", time(19, 5))],
    ],
)
def test_a_clock_is_read_as_people_write_it(text: str, clock: time) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["", "25", "24:01", "7:5", "13pm", "0pm", "friday 8pm", "8pm est", "soon", "9" * 5000])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(UnreadableClock) as unreadable:
        read_clock(text)
    assert unreadable.value.asked == text


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_is_a_clock_or_refused(text: str) -> None:
    with suppress(UnreadableClock):
        assert read_clock(text).tzinfo is None


@given(st.times().map(lambda clock: clock.replace(second=0, microsecond=0)))
def test_a_clock_written_out_is_read_back(clock: time) -> None:
    assert read_clock(f"{clock:%H:%M}") == read_clock(f"{clock:%I:%M %p}") == clock
