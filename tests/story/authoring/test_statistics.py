from story.authoring.statistics import minutes, shares, words_of
from story.rules.links import Ways
from tests.builders import linked, story


def test_words_of_all_sections_are_counted() -> None:
    assert words_of(story("A", "AB", text="one two three")) == 9


def test_two_hundred_and_thirty_words_take_a_minute() -> None:
    assert minutes(460) == 2


def test_a_share_is_by_words() -> None:
    anna, ben, cleo = shares(Ways(story("A", "AB", "AB", "A", text="one two three")))
    assert (anna.sections, anna.words, anna.of_all) == (4, 12, 12 / 18)
    assert (ben.sections, ben.words, ben.of_all) == (2, 6, 6 / 18)
    assert (cleo.sections, cleo.words, cleo.of_all) == (0, 0, 0)


def test_the_longest_silence_is_counted_in_scenes() -> None:
    anna, ben, cleo = shares(Ways(story("A", "AB", "A", "A", "B")))
    assert (anna.silence, ben.silence, cleo.silence) == (1, 2, 5)


def test_a_silence_follows_the_ways_that_the_story_can_take() -> None:
    anna, ben, _ = shares(Ways(linked(story("A", "B", "A", "B"), (1, "234"), (2, ""), (3, ""))))
    assert (anna.silence, ben.silence) == (1, 2)


def test_a_silence_that_can_go_round_has_no_longest() -> None:
    anna, ben, _ = shares(Ways(linked(story("A", "B", "B"), (3, "2"))))
    assert (anna.silence, ben.silence) == (None, 1)
