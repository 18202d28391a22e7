"""What stands at the top of a manuscript, and what of it comes again further down."""

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
