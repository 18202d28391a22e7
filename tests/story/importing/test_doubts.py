from story.authoring.doubts import in_words
from story.importing.doubts import MOST_DOUBTS, Step, doubts, leave, settle
from story.importing.draft import Draft, mark_part, to_story
from story.importing.modes import Meaning, Mode, mode_of, modes, with_mode
from story.importing.read import read_story_file
from story.model import Vote
from tests.story.importing.files import GATE, LAMP, SNOW

SLIP = f"JAMES POV\n\n{LAMP}\n\n---\n\nLILY POV\n\n{GATE}\n\n---\n\nJAMSE POV\n\n{SNOW}\n\n---\n\nJAMES POV\n\n{LAMP}"
NOTE = f"{LAMP}\n\n***\n\nA/N: hi\n\nSo tired.\n\n***\n\n{GATE}"
EDGE = f"The Orchard\n\nby Kit\n\nI typed it on the night train, for the readers.\n\n{GATE}\n\n{SNOW}"
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
    said = [in_words(doubt) for text in (SLIP, LONE, NOTE, EDGE) for doubt in doubts(read(text))]
    assert said[0] == "Jamse: did you mean James? If so, give both the same name"
    assert "is this who tells what follows?" in said[1]
    assert said[2].startswith("taken for a note: ")
    assert said[3].startswith("told as story: ")


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


MAYBE = "I typed it on the night train, with cold hands, for the readers."
NOVEL = f"{GATE}\n\n***\n\n{SNOW}"


def test_a_paragraph_at_the_start_may_be_a_note_and_becomes_one_with_one_step() -> None:
    draft = read(f"The Orchard\n\nby Kit\n\n{MAYBE}\n\n{NOVEL}")
    [doubt] = doubts(draft)
    assert (doubt.step, doubt.about, doubt.line) == (Step.NOTE, MAYBE, 5)
    settled = settle(draft, doubt.key, change=True)
    assert [(part.is_note, part.text) for part in settled.parts] == [(True, MAYBE), (False, GATE), (False, SNOW)]
    assert doubts(settled) == ()


def test_so_may_one_at_the_end() -> None:
    draft = read(f"The Orchard\n\nby Kit\n\n{NOVEL}\n\n{MAYBE}")
    [doubt] = doubts(draft)
    assert (doubt.step, doubt.last, doubt.line) == (Step.NOTE, True, 0)
    settled = settle(draft, doubt.key, change=True)
    assert [(part.is_note, part.text) for part in settled.parts] == [(False, GATE), (False, SNOW), (True, MAYBE)]


def test_a_part_of_one_paragraph_becomes_a_note_whole() -> None:
    draft = read(f"The Orchard\n\nby Kit\n\n{NOVEL}\n\n***\n\nThe readers had all gone home by then, and the rest.")
    [doubt] = doubts(draft)
    assert settle(draft, doubt.key, change=True).parts[-1].is_note


def test_other_doubts_are_about_the_same_parts_as_before() -> None:
    draft = read(f"The Orchard\n\nby Kit\n\n{MAYBE}\n\n{GATE}\n\n{NOTE}")
    first, other = sorted(doubts(draft), key=lambda doubt: doubt.step is not Step.NOTE)
    settled = settle(draft, first.key, change=True)
    [left] = doubts(settled)
    assert (left.step, left.key, settled.parts[left.part].is_note) == (Step.STORY, other.key, True)


def test_all_doubts_may_be_left_as_they_are() -> None:
    draft = read(SLIP)
    assert (doubts(leave(draft)), leave(draft).parts) == ((), draft.parts)
