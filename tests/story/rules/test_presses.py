from hypothesis import given
from hypothesis import strategies as st

from story.rules.presses import Press, Presses

SAID = st.builds(Press, st.integers(1, 5), st.none() | st.sampled_from(["anna", "ben"]), st.booleans())


@given(st.lists(SAID, max_size=20))
def test_presses_that_came_one_by_one_are_as_those_that_came_together(said: list[Press]) -> None:
    one_by_one = Presses()
    for press in said:
        one_by_one = one_by_one.with_press(press)
    last = {press.member: press for press in said}
    together = Presses(sorted(last.values(), key=lambda press: len(said) - said[::-1].index(press)))
    assert one_by_one == together
    assert (+one_by_one.votes, one_by_one.answered, one_by_one.ready) == (
        +together.votes,
        together.answered,
        together.ready,
    )
    assert hash(one_by_one) == hash(together)


def test_presses_never_change() -> None:
    before = Presses([Press(1, "ben")])
    before.with_press(Press(1, "anna"))
    assert list(before) == [Press(1, "ben")]
    assert before.votes == {"ben": 1}
    assert before != "presses"


def test_whoever_has_said_nothing_says_so() -> None:
    assert Presses().of(1) == Press(1)
    assert not Presses().has(1)
