from story.authoring.doubts import in_words
from story.importing.doubts import MOST_DOUBTS, Step, doubts, settle
from story.importing.draft import Draft, mark_part, to_story
from story.importing.modes import Meaning, Mode, mode_of, modes, with_mode
from story.importing.read import read_story_file
from story.model import Vote
from tests.story.importing.files import GATE, LAMP, SNOW

SLIP = f"JAMES POV\n\n{LAMP}\n\n---\n\nLILY POV\n\n{GATE}\n\n---\n\nJAMSE POV\n\n{SNOW}\n\n---\n\nJAMES POV\n\n{LAMP}"
NOTE = f"{LAMP}\n\n***\n\nA/N: hi\n\nSo tired.\n\n***\n\n{GATE}"
LONE = f"{LAMP}\n\n***\n\nMARIA\n\n{GATE}\n\n***\n\n{SNOW}"
CHAPTERS = (
    f"Chapter 1\n\nMARA POV\n\n{LAMP}\n\nJOE POV\n\n{GATE}\n\nChapter 2\n\nMARA POV\n\n{SNOW}\n\nJOE POV\n\n{LAMP}"
)


def read(text: str) -> Draft:
    found = read_story_file("orchard.txt", text.encode())
    assert isinstance(found, Draft)
    return found


def test_a_slip_in_a_name_is_asked_about_and_merged_with_one_step() -> None:
    draft = read(SLIP)
    [doubt] = doubts(draft)
    assert (doubt.step, doubt.about, doubt.into) == (Step.MERGE, "Jamse", "James")
    settled = settle(draft, doubt.key, change=True)
    assert [pov.name for pov in to_story(settled, "a").povs] == ["James", "Lily"]
    assert doubts(settled) == ()


def test_a_doubt_that_was_answered_is_not_asked_again() -> None:
    draft = read(SLIP)
    [doubt] = doubts(draft)
    settled = settle(draft, doubt.key, change=False)
    assert (doubts(settled), settled.parts) == ((), draft.parts)
    assert settle(settled, doubt.key, change=True) == settled


def test_a_narrator_that_is_none_becomes_a_title() -> None:
    draft = read(LONE)
    [doubt] = doubts(draft)
    assert (doubt.step, doubt.about) == (Step.NO_NARRATOR, "Maria")
    settled = settle(draft, doubt.key, change=True)
    assert [(part.pov, part.heading) for part in settled.prose] == [("", ""), ("", "Maria"), ("", "")]


def test_what_was_taken_for_a_note_may_be_story() -> None:
    draft = read(NOTE)
    [doubt] = doubts(draft)
    assert doubt.step is Step.STORY
    assert len(settle(draft, doubt.key, change=True).prose) == 3


def test_doubts_are_few_and_the_most_doubtful_first() -> None:
    text = "\n\n***\n\n".join(f"A/N: hi\n\nSo tired {n}.\n\n***\n\n{LAMP}" for n in range(20))
    found = doubts(read(text))
    assert len(found) == MOST_DOUBTS
    assert [doubt.sure for doubt in found] == sorted(doubt.sure for doubt in found)


def test_each_doubt_has_its_line_for_authors() -> None:
    said = [in_words(doubt) for text in (SLIP, LONE, NOTE) for doubt in doubts(read(text))]
    assert said[0] == "Jamse: did you mean James? If so, give both the same name"
    assert "is this who tells what follows?" in said[1]
    assert said[2].startswith("taken for a note: ")


def test_two_povs_are_followed_by_default_and_may_share_a_moment() -> None:
    draft = read(CHAPTERS)
    assert modes(draft) == (Meaning(Mode.FOLLOW, 4, 3), Meaning(Mode.SAME_MOMENT, 2, 2), Meaning(Mode.IN_ORDER, 4, 0))
    assert mode_of(draft) is Mode.FOLLOW
    assert to_story(draft, "a").vote is Vote.FOLLOW


def test_parts_of_a_chapter_become_one_scene() -> None:
    draft = with_mode(read(CHAPTERS), Mode.SAME_MOMENT)
    made = to_story(draft, "a")
    assert [(scene.title, [pov.name for pov in scene.povs]) for scene in made.scenes] == [
        ("Chapter 1", ["Mara", "Joe"]),
        ("Chapter 2", ["Mara", "Joe"]),
    ]
    assert (mode_of(draft), made.vote) == (Mode.SAME_MOMENT, Vote.ORDER)


def test_one_narrator_leaves_nothing_to_choose() -> None:
    draft = read(LAMP)
    assert (modes(draft), mode_of(draft), to_story(draft, "a").vote) == ((), None, None)


def test_what_was_put_right_by_hand_is_no_doubt() -> None:
    draft = read(NOTE)
    [doubt] = doubts(draft)
    assert doubts(mark_part(draft, doubt.part, is_note=False)) == ()


def test_parts_that_share_no_moment_cannot_be_read_as_such() -> None:
    draft = read(f"Chapter 1: Mara\n\n{LAMP}\n\nChapter 2: Joe\n\n{GATE}")
    assert [meaning.mode for meaning in modes(draft)] == [Mode.FOLLOW, Mode.IN_ORDER]
    assert mode_of(with_mode(draft, Mode.SAME_MOMENT)) is Mode.FOLLOW
