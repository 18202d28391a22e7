"""What stands at the top of a manuscript, and what of it comes again further down."""

import pytest

from tests.story.importing.files import GATE, LAMP
from tests.story.importing.reading import read, told


def test_the_title_again_in_the_middle_is_no_chapter() -> None:
    draft = read("a.md", f"# A Year in Kent\n\nby Kit\n\n## Frost\n\n{LAMP}\n\n# A Year in Kent\n\n## Thaw\n\n{GATE}")
    assert (draft.title, told(draft)) == ("A Year in Kent", [("", "Frost", LAMP), ("", "Thaw", GATE)])


def test_what_only_begins_as_a_byline_is_story() -> None:
    draft = read("a.txt", f"# Der Garten\n\nvon draußen kam es\n\n{LAMP}")
    assert (draft.title, draft.authors, told(draft)[0][2]) == ("Der Garten", (), f"von draußen kam es\n\n{LAMP}")


def test_whoever_is_named_first_wrote_it() -> None:
    draft = read("a.txt", f"The Orchard\n\nAuthor: Kit Hale\n\nby K. H.\n\n{LAMP}")
    assert (draft.authors, told(draft)) == (("Kit Hale",), [("", "", LAMP)])


def test_gutenbergs_header_need_not_say_who_made_the_file() -> None:
    begins, ends = (f"*** {each} OF THE PROJECT GUTENBERG EBOOK ***" for each in ("START", "END"))
    assert told(read("a.txt", f"{begins}\n\n{LAMP}\n\n{GATE}\n\n{ends}\n\nLicence.")) == [("", "", f"{LAMP}\n\n{GATE}")]


def test_the_only_heading_of_its_level_is_the_title() -> None:
    draft = read("a.md", f"# A Year in Kent\n\n{LAMP}\n\n## Frost\n\n{GATE}")
    assert (draft.title, told(draft)) == ("A Year in Kent", [("", "", LAMP), ("", "Frost", GATE)])


@pytest.mark.parametrize(
    "top",
    [
        "The Gate\n\nA Play in One Act\n\nby Kit Marlow",
        "THE GATE\nA Play in One Act\n\nby Kit Marlow",
        "The Gate\n\nA Novel\n\nAuthor: Kit Marlow",
        "THE GATE\n\nA Novel\n\nRuth Marlow",
        "THE GATE\n\nRuth Marlow",
    ],
)
def test_a_subtitle_and_the_authors_name_stand_under_a_title(top: str) -> None:
    draft = read("a.txt", f"{top}\n\nChapter 1\n\n{LAMP}\n\n{GATE}")
    assert draft.title.casefold() == "the gate"
    assert draft.authors in {("Kit Marlow",), ("Ruth Marlow",)}
    assert told(draft) == [("", "Chapter 1", f"{LAMP}\n\n{GATE}")]


def test_a_name_that_comes_again_as_a_line_is_no_author() -> None:
    draft = read("a.txt", f"THE GATE\n\nRuth Marlow\n\n{LAMP}\n\nRuth Marlow\n\n{GATE}")
    assert draft.authors == ()


def test_a_title_may_stand_over_a_dated_letter() -> None:
    assert read("a.txt", f"Letters\n\nLisbon, 4 March 1921\n\nDear Joe,\n\n{LAMP}").title == "Letters"


def test_a_list_of_contents_may_be_lines_with_the_numbers_of_chapters_and_pages() -> None:
    contents = "CONTENTS\n\nCHAPTER   PAGE\n  I. THE LAMP   1\n  II. THE GATE   17"
    chapters = f"CHAPTER I\nTHE LAMP\n\n{LAMP}\n\nCHAPTER II\nTHE GATE\n\n{GATE}"
    draft = read("a.txt", f"{contents}\n\n{chapters}")
    assert told(draft) == [("", "CHAPTER I · The Lamp", LAMP), ("", "CHAPTER II · The Gate", GATE)]


def test_a_heading_of_contents_may_stand_over_prose() -> None:
    assert told(read("a.md", f"# Contents\n\n{LAMP}\n\n# Sill\n\n{GATE}"))[0] == ("", "Contents", LAMP)


@pytest.mark.parametrize(
    ("top", "title", "author"),
    [
        ("Der Garten\n\nAutorin: Kit Marlow\nAltersfreigabe: P12\nInhalt: Ein Tor.", "Der Garten", "Kit Marlow"),
        ("花园\n\n作者：小明", "花园", "小明"),
        ("La cave\n\nRuth Marlow", "La cave", "Ruth Marlow"),
    ],
)
def test_title_and_author_are_said_as_is_usual_in_a_language(top: str, title: str, author: str) -> None:
    draft = read("a.txt", f"{top}\n\nKapitel 1\n\n{LAMP}")
    assert (draft.title, draft.authors) == (title, (author,))
    assert told(draft) == [("", "Kapitel 1", LAMP)]


def test_what_is_said_of_a_story_may_stand_line_under_line() -> None:
    draft = read("a.txt", f"Der Garten\n\nAutor: Kit Marlow\nAltersfreigabe: P12\nInhalt: Ein Tor.\n\n{LAMP}")
    assert (draft.rating, draft.blurb) == ("P12", "Ein Tor.")


def test_a_bold_name_between_the_title_and_the_first_narrator_is_the_authors() -> None:
    names = [("MARA", LAMP), ("JOE", GATE), ("MARA", LAMP)]
    text = "".join(f"<p><b>{name}</b></p><p>{told_}</p>" for name, told_ in names)
    draft = read("a.html", f"<p class=MsoTitle>The Gate</p><p><b>Ruth Marlow</b></p>{text}")
    assert (draft.title, draft.authors) == ("The Gate", ("Ruth Marlow",))
    assert [pov for pov, _, _ in told(draft)] == ["Mara", "Joe", "Mara"]


def test_a_story_may_say_its_name() -> None:
    draft = read("a.txt", f"Story Name: The Gate\nAuthor: Kit\n\n{LAMP}\n\n{GATE}")
    assert (draft.title, draft.authors) == ("The Gate", ("Kit",))


def test_a_list_under_a_heading_of_contents_is_left_out_whole() -> None:
    contents = "## Contents\n\n- [Frost](#frost)\n- [Thaw, once more](#thaw)"
    assert told(read("a.md", f"{contents}\n\n## Frost\n\n{LAMP}")) == [("", "Frost", LAMP)]
