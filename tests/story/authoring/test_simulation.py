from collections.abc import Callable

from story.authoring.simulation import Told, tell
from story.rules.ballot import Ballot
from story.rules.presses import Press
from story.rules.settings import Order
from story.rules.steps import How
from tests.builders import linked, story


def nobody(_ballot: Ballot) -> tuple[Press, ...]:
    return ()


def everybody_for(option: str) -> Callable[[Ballot], tuple[Press, ...]]:
    return lambda _ballot: (Press(1, option), Press(2, option))


def heard(told: list[Told]) -> list[str]:
    return [f"{each.scene.id[-1]}{each.section.pov.name[0]}" for each in told]


def test_a_story_is_told_to_its_end() -> None:
    told = list(tell(story("A", "AB", "B"), everybody_for("ben")))
    assert heard(told) == ["1A", "2B", "3B"]
    assert [each.decision.how for each in told] == [How.ONLY, How.VOTES, How.ONLY]
    assert (told[1].decision.votes, told[1].decision.cast) == (2, 2)


def test_without_votes_the_rule_of_the_ballot_decides() -> None:
    told = list(tell(story("A", "AB", "AB"), nobody))
    assert heard(told) == ["1A", "2B", "3A"]
    assert [each.decision.how for each in told] == [How.ONLY, How.HEARD_LEAST, How.ORDER]


def test_where_there_are_several_ways_the_votes_decide() -> None:
    tale = linked(story("A", "B", "C"), (1, "23"), (2, ""))
    assert heard(list(tell(tale, everybody_for("scene-3")))) == ["1A", "3C"]


def test_a_pov_can_be_followed_through_a_story() -> None:
    tale = story("A", "B", "A", "B", "C")
    assert heard(list(tell(tale, everybody_for("ben"), Order.FOLLOW))) == ["2B", "4B", "5C"]


def test_the_path_grows_by_a_step_at_a_time() -> None:
    told = list(tell(story("A", "B", "C"), nobody))
    assert [len(each.place.path) for each in told] == [1, 2, 3]
    assert [step.n for step in told[-1].place.path] == [2, 3, 4]
