import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from story.importing import BrokenStoryError
from story.importing.draft import Draft, to_story
from story.importing.limits import Limits
from story.importing.markdown import read_single_file
from story.importing.markdown_writer import write_markdown
from story.importing.readers.plain_text import read_plain_text


def read(text: str) -> Draft:
    return read_plain_text(text.encode(), "the_well.txt")


def told(text: str) -> list[tuple[str, str]]:
    """Who tells what, part by part."""
    return [(part.pov, part.text) for part in read(text).prose]


def notes(text: str) -> list[str]:
    return [part.text for part in read(text).parts if part.is_note]


@pytest.mark.parametrize(
    "line",
    ["-", "---", "- - -", "* * *", "***", "______", "=====", "~~~~", "#", "###", "  ~ * ~  ", "-" * 90, "—", "⁂"],
)
def test_a_line_of_dashes_or_stars_of_any_length_parts_the_text(line: str) -> None:
    assert told(f"One.\n{line}\nTwo.\n\n{line}\n\nThree.") == [("", "One."), ("", "Two."), ("", "Three.")]


@pytest.mark.parametrize(
    "heading",
    [
        "ANNA POV",
        "ANNA'S POV",
        "Anna’s Point of View",
        "POV: Anna",
        "pov - Anna",
        "Point of View of Anna",
        "**Anna POV**",
        "Anna's P.O.V.",
        "(Anna)",
        "[ANNA]",
        "ANNA",
        "Anna:",
        "--- ANNA ---",
        "# Anna POV",
    ],
)
def test_a_heading_says_who_tells_the_part_after_a_break(heading: str) -> None:
    assert told(f"One.\n\n---\n\n{heading}\n\nTwo.") == [("", "One."), ("Anna", "Two.")]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("General POV", "General"),
        ("JAMES' POV", "James"),
        ("ANNA AND BEN POV", "Anna and Ben"),
        ("O’BRIEN’S POV", "O’Brien"),
        ("AJ POV", "AJ"),
        ("anna pov", "Anna"),
        ("Third Person POV", "Third Person"),
        ("No One's POV", "No One"),
    ],
)
def test_a_name_is_taken_from_its_heading(heading: str, name: str) -> None:
    assert told(f"{heading}\nText.") == [(name, "Text.")]


@pytest.mark.parametrize(
    "line",
    [
        "That was her point of view.",
        "It depends on your point of view",
        "my POV",
        "from his pov",
        "POV",
        "POV: ?",
        "NO!",
        "ab",
    ],
)
def test_prose_that_looks_like_a_heading_is_prose(line: str) -> None:
    assert told(f"One.\n\n{line}\n\nTwo.") == [("", f"One.\n\n{line}\n\nTwo.")]


def test_a_part_without_a_heading_goes_on_with_the_pov_before() -> None:
    assert told("One.\n\nANNA POV\n\nTwo.\n\n---\n\nThree.") == [("", "One."), ("Anna", "Two."), ("Anna", "Three.")]


def test_a_known_name_in_capitals_needs_no_break() -> None:
    assert told("ANNA POV\n\nOne.\n\nBEN POV\n\nTwo.\n\nANNA\n\nThree.")[-1] == ("Anna", "Three.")


def test_an_unknown_name_in_capitals_is_prose_without_a_break() -> None:
    assert told("ANNA POV\n\nOne.\n\nBEN\n\nTwo.") == [("Anna", "One.\n\nBEN\n\nTwo.")]


def test_plain_names_that_come_again_after_breaks_are_headings() -> None:
    text = "Anna\n\nOne.\n\n***\n\nBen\n\nTwo.\n\n***\n\nAnna\n\nThree.\n\n***\n\nBen\n\nFour."
    assert told(text) == [("Anna", "One."), ("Ben", "Two."), ("Anna", "Three."), ("Ben", "Four.")]


def test_the_first_line_is_a_heading_where_other_parts_have_such() -> None:
    assert told("ANNA\n\nOne.\n\n---\nBEN\n\nTwo.") == [("Anna", "One."), ("Ben", "Two.")]


@pytest.mark.parametrize(
    "time",
    [
        "2 WEEKS LATER",
        "MEANWHILE",
        "THE NEXT MORNING",
        "Three days later",
        "Later that night",
        "[Two years ago]",
        "~ MAY 1998 ~",
    ],
)
def test_a_time_is_no_pov_and_stays_in_the_prose_of_what_follows(time: str) -> None:
    bare = time.strip("[]~ ")
    assert told(f"ANNA POV\n\nOne.\n\n{time}\n\n---\n\nBEN POV\n\nTwo.") == [
        ("Anna", "One."),
        ("Ben", f"**{bare}**\n\nTwo."),
    ]


def test_a_time_within_a_part_stays_where_it_is() -> None:
    assert told("One.\n\nMEANWHILE\n\nTwo.\n\n2 WEEKS LATER") == [
        ("", "One.\n\n**MEANWHILE**\n\nTwo.\n\n**2 WEEKS LATER**")
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Chapter 3", "Chapter 3"),
        ("Chapter 3: The Fire", "Chapter 3: The Fire"),
        ("CHAPTER TWENTY-ONE", "CHAPTER TWENTY-ONE"),
        ("Chapter III - The *Fire*", "Chapter III - The Fire"),
        ("III.", "III"),
        ("12", "12"),
        ("IV. The Fire", "IV. The Fire"),
        ("Prologue", "Prologue"),
        ("# The Fire", "The Fire"),
        ("== Part One ==", "Part One"),
    ],
)
def test_a_chapter_gives_the_part_its_title(line: str, title: str) -> None:
    [one, two] = read(f"One.\n\n{line}\n\nTwo.").parts
    assert (one.heading, two.heading, two.text) == ("", title, "Two.")


def test_a_title_in_capitals_after_a_break_is_a_chapter() -> None:
    assert read("One.\n\n---\n\nTHE OLD FIRE\n\nTwo.").parts[1].heading == "THE OLD FIRE"


def test_headings_of_a_book_and_a_chapter_stand_together() -> None:
    [part] = read("Part One\n\nChapter 1\n\nANNA POV\n\nText.").parts
    assert (part.heading, part.pov, part.line) == ("Part One · Chapter 1", "Anna", 7)


def test_a_heading_at_the_end_is_not_lost() -> None:
    assert told("One.\n\nChapter 2") == [("", "One."), ("", "Chapter 2")]


def test_the_end_is_no_part_of_its_own() -> None:
    assert told("One.\n\n***\n\nTHE END\n") == [("", "One.")]


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert told("One.\n\nTwo.\n\n“Dear A,\ncome.”\n\nThree.") == [("", "One.\n\nTwo.\n\n“Dear A,\ncome.”\n\nThree.")]


def test_paragraphs_are_parted_by_line_where_no_line_is_blank() -> None:
    assert told("One.\nTwo.\n\nThree, which is long.\nFour.") == [
        ("", "One.\n\nTwo.\n\nThree, which is long.\n\nFour.")
    ]


def test_lines_wrapped_to_a_width_are_one_paragraph_up_to_an_indent() -> None:
    lines = [
        "The well behind the house had been dry for so long that",
        "nobody looked into it except the fox, who was",
        "odd.",
    ]
    wrapped = "\n".join(lines)
    joined = wrapped.replace("\n", " ")
    assert told(f"{wrapped}\n\n{wrapped}\n  {wrapped}") == [("", f"{joined}\n\n{joined}\n\n{joined}")]


def test_notes_at_the_start_and_thanks_at_the_end_are_not_read_out() -> None:
    text = "A/N: My first.\n\nBe kind.\n\n---\n\nOne.\n\n---\n\nThanks for reading!\n\n---\n\nMore soon.\n"
    draft = read(text)
    assert told(text) == [("", "One.")]
    assert notes(text) == ["A/N: My first.\n\nBe kind.", "Thanks for reading!", "More soon."]
    assert str(draft.warnings[0]) == "the_well.txt:1: taken for a note: “A/N: My first.”"
    assert to_story(draft, "well").credits == "A/N: My first.\n\nBe kind.\n\nThanks for reading!\n\nMore soon."


@pytest.mark.parametrize(
    ("text", "noted", "rest"),
    [
        ("Author’s Note: Hi.\n\nOne.", ["Author’s Note: Hi."], ["One."]),
        ("Author's note\n\nHi.\n\nOne.", ["Author's note\n\nHi."], ["One."]),
        ("One.\n\n***\n\n(A/N: sorry)\n\nTwo.\n\n***\n\nThree.", ["(A/N: sorry)"], ["One.", "Two.", "Three."]),
        ("Disclaimer: mine.\n\nOne.", ["Disclaimer: mine."], ["One."]),
        ("Thanks to Mia.\n\nOne.", ["Thanks to Mia."], ["One."]),
        ("One.\n\nThank you for reading.", ["Thank you for reading."], ["One."]),
        ("One.\n\nThanks to her, we lived.", [], ["One.\n\nThanks to her, we lived."]),
        (
            "One.\n\n***\n\nThanks to her, we lived.\n\nANNA POV\n\nTwo.",
            [],
            ["One.", "Thanks to her, we lived.", "Two."],
        ),
        ("One.\n\n***\n\nThanks, all.\n\nA/N: More soon.", ["Thanks, all.\n\nA/N: More soon."], ["One."]),
        ("One.\n\nA/N: Hi.\n\nYou.", ["A/N: Hi.\n\nYou."], ["One."]),
        ("A/N: Hi.\n\nANNA POV\n\nOne.", ["A/N: Hi."], ["One."]),
        ("A/N: Hi.\n\n" + "Long.\n\n" * 6 + "***\n\nTwo.", ["A/N: Hi."], ["\n\n".join(["Long."] * 6), "Two."]),
        ("A/N: Hi.\n\n" + "Long. " * 300, ["A/N: Hi."], [("Long. " * 300).strip()]),
    ],
)
def test_notes_are_told_from_prose(text: str, noted: list[str], rest: list[str]) -> None:
    assert notes(text) == noted
    assert [prose for _, prose in told(text)] == rest


@pytest.mark.parametrize(
    "top",
    [
        "Title: The Well\nAuthor: Ada & Ben\n",
        "The Well\nby Ada and Ben\n",
        "*The Well*\n\nWritten by: Ada, Ben\n",
        "THE WELL\n\nby Ada and Ben\n",
        "Title: The Well\nby Ada and Ben\n",
    ],
)
def test_title_and_authors_are_read_from_the_top(top: str) -> None:
    draft = read(f"{top}\n---\n\nOne.")
    assert (draft.title.title(), draft.authors) == ("The Well", ("Ada", "Ben"))
    assert [(part.text, part.line) for part in draft.parts] == [("One.", top.count("\n") + 4)]


def test_what_is_said_of_the_story_is_read_from_the_top() -> None:
    draft = read(
        "**Title:** The Well\nRating: Teen\nSummary: Deep.\nWarnings: water, owls\nFandom: None\n\nOne.\n\nBy: no"
    )
    assert (draft.title, draft.rating, draft.blurb) == ("The Well", "Teen", "Deep.")
    assert (draft.content_notes, draft.credits) == (("water", "owls"), "Fandom: None")
    assert told("Title: A\nTitle: B\n\nOne.") == [("", "One.")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("THE WELL\n\nIt was old.", "THE WELL"),
        ("The Well\n=====\n\nOld.", "The Well"),
        ("The Well\n\nChapter 1\n\nOld.", "The Well"),
        ("It was old.\n\n---\n\nYes.", "the well"),
        ("The Well\nwas old.", "the well"),
        ("Chapter 1\n\nOld.", "the well"),
    ],
)
def test_a_first_line_is_the_title_where_that_is_clear(text: str, title: str) -> None:
    assert read(text).title == title


def test_quotes_and_dashes_stay_as_they_are() -> None:
    text = "“It’s ‘late’…” — 'so' \"it\" is – said."
    assert told(text) == [("", text)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encoding_does_not_matter(encoding: str) -> None:
    text = "ANNA’S POV\r\n\r\n“Late…” — she said, at the café."
    [part] = read_plain_text(text.encode(encoding), "well.txt").parts
    assert (part.pov, part.text) == ("Anna", "“Late…” — she said, at the café.")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "no prose: expected paragraphs of a story"),
        (b"---\n\n***", "no prose: expected paragraphs of a story"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text: expected UTF-8, UTF-16 or Windows-1252"),
        (b"One.\n---\n" * 4, "more than 3 parts between breaks"),
        (b"a\n" * 50, "50 lines; at most 40"),
    ],
)
def test_what_is_no_manuscript_is_refused(data: bytes, expected: str) -> None:
    with pytest.raises(BrokenStoryError) as broken:
        read_plain_text(data, "well.txt", Limits(sections=3, lines=40))
    assert broken.value.mistakes[0].what == expected


PIECES = st.sampled_from(
    [
        "ANNA POV",
        "(Ben)",
        "CLEO",
        "---",
        "* * *",
        "Chapter 3: The Fire",
        "III.",
        "MEANWHILE",
        "A/N: Hi.",
        "Thanks for reading!",
        "# A",
        "> b",
        "1. c",
        "*d* _e_",
        "f_g",
        "```",
        "~~~ verbatim",
        "Title: T",
        "by A",
        "THE END",
        "\x0c",
        "\u2028",
        "\\",
        "[a](b)",
    ]
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=25).map("\n".join), st.sampled_from(["\n", "\n\n"]))
@settings(max_examples=80, deadline=None)
def test_any_text_becomes_a_story_that_can_be_written_down_or_is_refused(text: str, between: str) -> None:
    try:
        draft = read_plain_text(text.replace("\n", between).encode("utf-8", "replace"), "well.txt")
        story = to_story(draft, "well", section_length=60)
    except BrokenStoryError:
        return
    assert read_single_file(write_markdown(story).encode(), "well.md") == story


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        parts = read_plain_text(data, "well.txt").parts
    except BrokenStoryError:
        return
    assert all(part.text for part in parts)


def test_verse_keeps_its_lines_and_its_stanzas() -> None:
    stanzas = [
        "the lamp is lit,\nthe tide is out,\nthe ferry waits,\nno one about.",
        "the lamp is low,\nit rains on tin",
    ]
    draft = read_plain_text("\n\n".join(stanzas).encode(), "verse.txt")
    assert draft.parts[0].text == "\n\n".join(stanzas)


def test_verse_of_even_lines_is_no_prose_that_is_wrapped() -> None:
    lines = [
        "Of winter, and the one who went before us,",
        "The gate that closed, the lamp that nobody lit,",
        "And all the snow that lay along the harbour,",
        "I sing, for want of something else to tell;",
    ]
    assert read_plain_text("\n".join(lines).encode(), "verse.txt").parts[0].text.count("\n") >= 3
