from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from story.model import Pov
from story.rules.ballot import Ballot, Decision, match
from story.rules.options import Option
from story.rules.presses import Press, Presses
from story.rules.steps import How
from tests.builders import ANNA, BEN, CLEO, NOON, options_of, place, scene

POV_IDS = ["anna", "ben", "cleo"]


def ballot(*presses: Press, told_by: str = "ABC", heard: Iterable[str] = ("1A",), known: Iterable[int] = ()) -> Ballot:
    return Ballot(options_of(scene(2, told_by)), place(*heard), Presses(presses), frozenset(known))


def told_by(pov: Pov, povs: str = "ABC") -> Option:
    return next(option for option in options_of(scene(2, povs)) if option.pov == pov)


def test_most_votes_win() -> None:
    votes = [Press(1, "ben"), Press(2, "ben"), Press(3, "anna")]
    assert ballot(*votes).decide() == Decision(told_by(BEN), How.VOTES, 2, 3)


def test_between_equals_the_one_heard_least_wins() -> None:
    votes = [Press(1, "anna"), Press(2, "ben")]
    assert ballot(*votes, heard=["1A"]).decide() == Decision(told_by(BEN), How.HEARD_LEAST, 1, 2)


def test_between_those_heard_equally_the_order_of_the_story_decides() -> None:
    votes = [Press(1, "cleo"), Press(2, "ben")]
    assert ballot(*votes, heard=["1A"]).decide() == Decision(told_by(BEN), How.ORDER, 1, 2)


def test_no_votes_at_all_is_a_tie_like_any_other() -> None:
    assert ballot(Press(1, ready=True), heard=["1A", "1B"]).decide() == Decision(told_by(CLEO), How.HEARD_LEAST, 0, 0)


def test_the_only_pov_needs_no_votes() -> None:
    assert ballot(told_by="B").decide() == Decision(told_by(BEN, "B"), How.ONLY)


def test_a_vote_for_a_pov_that_does_not_tell_the_scene_counts_for_nothing() -> None:
    votes = [Press(1, "cleo"), Press(2, "cleo"), Press(3, "ben")]
    assert ballot(*votes, told_by="AB").decide() == Decision(told_by(BEN, "AB"), How.VOTES, 1, 1)


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
    assert decision.option in forwards.options
    assert all(forwards.tally[each.id] <= forwards.tally[decision.option.id] for each in forwards.options)


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
    assert (waiting.answered, waiting.present) == (1, 2)


def test_a_reader_who_took_the_vote_back_is_waited_for() -> None:
    assert not ballot(Press(1, "ben"), Press(2), known=[1]).complete


def test_a_scene_with_one_pov_waits_until_everybody_has_read_it() -> None:
    assert ballot(Press(1, ready=True), told_by="A").complete
    assert not ballot(Press(1, ready=True), told_by="A", known=[1, 2]).complete
    assert ballot(Press(1, ready=True), Press(2, "anna"), told_by="A", known=[1, 2]).complete


def test_those_present_are_counted_as_they_press() -> None:
    before = ballot(Press(1, "ben"), known=[1, 2])
    assert before.present == 2
    for member, present in ((1, 2), (2, 2), (3, 3)):
        assert before.with_press(Press(member, "ben"), NOON).present == present


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


WAYS = (
    Option("door", "Open the door", scene(3, "A"), ANNA),
    Option("hall/anna", "Wait · Anna", scene(4, "AB"), ANNA),
    Option("hall/ben", "Wait · Ben", scene(4, "AB"), BEN),
)


def branch(*presses: Press, heard: Iterable[str] = ("1A",)) -> Ballot:
    return Ballot(WAYS, place(*heard), Presses(presses))


def test_a_way_is_voted_on_as_a_pov_is() -> None:
    assert branch(Press(1, "door"), Press(2, "door"), Press(3, "hall/ben")).decide() == Decision(
        WAYS[0], How.VOTES, 2, 3
    )


def test_between_ways_with_as_many_votes_the_one_whose_pov_was_heard_least_wins() -> None:
    assert branch().decide() == Decision(WAYS[2], How.HEARD_LEAST)
    assert branch(Press(1, "door"), Press(2, "hall/anna")).decide() == Decision(WAYS[0], How.ORDER, 1, 2)


def test_a_choice_between_ways_is_known_from_one_between_povs() -> None:
    assert branch().is_branch
    assert not ballot().is_branch
    assert not Ballot(WAYS[:1], place("1A")).is_branch


def test_an_option_is_found_by_id_or_label_or_by_a_pov_that_has_one_only() -> None:
    asked = ("DOOR", "open the door", " wait · ben", "hall/anna", "Ben", "Anna", "cellar")
    found = [branch().find(each) for each in asked]
    assert found == [WAYS[0], WAYS[0], WAYS[2], WAYS[1], WAYS[2], None, None]


def test_a_button_means_its_option_even_if_another_is_called_so() -> None:
    misleading = (Option("hall", "Door", scene(4, "A"), ANNA), Option("door", "Hall", scene(3, "B"), BEN))
    assert Ballot(misleading, place("1A")).find("door") == misleading[1]
    assert Ballot(misleading, place("1A")).find("Door") == misleading[0]


def test_without_votes_nothing_is_skipped_however_seldom_who_is_followed_was_heard() -> None:
    near, far = (Option(pov.id, pov.name, scene(n, "ABC"), pov, n) for n, pov in enumerate([ANNA, BEN]))
    assert Ballot((near, far), place("1A")).decide() == Decision(near, How.ORDER)
    assert Ballot((near, far), place("1A"), Presses([Press(1, "ben")])).decide() == Decision(far, How.VOTES, 1, 1)


def test_where_one_pov_tells_all_ways_none_is_missed() -> None:
    assert Ballot(WAYS[:2], place("1B", "1B", "1B")).longest_unheard is None


def test_without_a_session_nobody_in_particular_is_waited_for() -> None:
    assert ballot(Press(1, "ben"), known=[2]).waited_for == ()
