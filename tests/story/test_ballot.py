from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from story.ballot import Ballot, Decision, Press, match
from story.reading import How
from tests.builders import ANNA, BEN, CLEO, place, scene

POV_IDS = ["anna", "ben", "cleo"]


def ballot(*presses: Press, told_by: str = "ABC", heard: Iterable[str] = ("1A",), known: Iterable[int] = ()) -> Ballot:
    return Ballot(scene(2, told_by), place(*heard), presses, frozenset(known))


def test_most_votes_win() -> None:
    votes = [Press(1, "ben"), Press(2, "ben"), Press(3, "anna")]
    assert ballot(*votes).decide() == Decision(BEN, How.VOTES, 2, 3)


def test_between_equals_the_one_heard_least_wins() -> None:
    votes = [Press(1, "anna"), Press(2, "ben")]
    assert ballot(*votes, heard=["1A"]).decide() == Decision(BEN, How.HEARD_LEAST, 1, 2)


def test_between_those_heard_equally_the_order_of_the_story_decides() -> None:
    votes = [Press(1, "cleo"), Press(2, "ben")]
    assert ballot(*votes, heard=["1A"]).decide() == Decision(BEN, How.ORDER, 1, 2)


def test_no_votes_at_all_is_a_tie_like_any_other() -> None:
    assert ballot(Press(1, ready=True), heard=["1A", "1B"]).decide() == Decision(CLEO, How.HEARD_LEAST, 0, 0)


def test_the_only_pov_needs_no_votes() -> None:
    assert ballot(told_by="B").decide() == Decision(BEN, How.ONLY)


def test_a_vote_for_a_pov_that_does_not_tell_the_scene_counts_for_nothing() -> None:
    votes = [Press(1, "cleo"), Press(2, "cleo"), Press(3, "ben")]
    assert ballot(*votes, told_by="AB").decide() == Decision(BEN, How.VOTES, 1, 1)


@given(
    st.lists(st.tuples(st.integers(1, 9), st.none() | st.sampled_from(POV_IDS), st.booleans()), max_size=12),
    st.lists(st.sampled_from(["1A", "1B", "1C"]), max_size=6),
    st.sampled_from(["A", "AB", "BC", "ABC"]),
)
def test_the_rule_always_names_one_pov_of_the_scene_with_the_most_votes_whatever_the_order_of_the_presses(
    said: list[tuple[int, str | None, bool]], heard: list[str], told_by: str
) -> None:
    presses = [Press(*each) for each in {member: (member, pov, ready) for member, pov, ready in said}.values()]
    forwards = ballot(*presses, told_by=told_by, heard=heard)
    decision = forwards.decide()
    assert decision == ballot(*reversed(presses), told_by=told_by, heard=heard).decide()
    assert decision.pov in forwards.scene.povs
    assert all(forwards.tally[pov.id] <= forwards.tally[decision.pov.id] for pov in forwards.scene.povs)


def test_nobody_has_to_wait_for_an_empty_room() -> None:
    assert not ballot(known=[]).complete


def test_a_single_known_reader_completes_the_ballot_with_a_vote() -> None:
    assert ballot(Press(1, "ben"), known=[1]).complete


def test_a_single_known_reader_completes_the_ballot_with_next() -> None:
    assert ballot(Press(1, ready=True), known=[1]).complete


def test_where_nobody_is_known_a_vote_alone_does_not_complete_the_ballot() -> None:
    first = ballot(Press(1, "ben"))
    assert first.wants_next
    assert not first.complete


def test_where_nobody_is_known_one_next_among_the_presses_is_enough() -> None:
    assert ballot(Press(1, "ben"), Press(2, ready=True)).complete


def test_a_reader_of_the_page_before_who_has_not_answered_is_waited_for() -> None:
    waiting = ballot(Press(1, "ben", ready=True), known=[1, 2])
    assert not waiting.complete
    assert (waiting.answered, len(waiting.present)) == (1, 2)


def test_a_reader_who_took_the_vote_back_is_waited_for() -> None:
    assert not ballot(Press(1, "ben"), Press(2), known=[1]).complete


def test_a_scene_with_one_pov_waits_for_nobody_but_a_next() -> None:
    assert ballot(Press(1, ready=True), told_by="A", known=[1, 2, 3]).complete
    assert not ballot(told_by="A", known=[1]).complete


def test_a_pov_is_matched_by_id_or_name_in_any_case() -> None:
    assert [match([ANNA, BEN], asked) for asked in ("ANNA", " ben ", "dora")] == [ANNA, BEN, None]


def test_the_pov_that_has_not_been_heard_for_longest_is_known() -> None:
    assert ballot(heard=["1A", "1C"]).longest_unheard == BEN
    assert ballot(heard=["1B", "1A", "1C"]).longest_unheard == BEN
    assert ballot(heard=["1B", "1A", "1C", "1B"]).longest_unheard == ANNA


def test_a_pov_that_was_heard_the_time_before_last_is_not_missed_yet() -> None:
    assert ballot(told_by="AB", heard=["1A"]).longest_unheard is None


def test_of_several_that_were_never_heard_none_is_named() -> None:
    assert ballot(heard=["1A"]).longest_unheard is None


def test_where_one_pov_tells_the_scene_none_is_named() -> None:
    assert ballot(told_by="B").longest_unheard is None
