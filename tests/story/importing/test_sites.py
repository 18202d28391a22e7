"""Pages of story sites, saved from the browser."""

import pytest

from tests.story.importing.files import ARCHIVE, FANFICTION, LAMP, ROYAL_ROAD, WATTPAD
from tests.story.importing.reading import mistake, read, told


@pytest.mark.parametrize(
    ("page", "heading"),
    [(FANFICTION, "Chapter 1"), (ROYAL_ROAD, "Chapter 3: Gate"), (WATTPAD, "Gate"), (ARCHIVE, "Chapter 1: Gate")],
)
def test_a_saved_page_of_a_site_is_read_without_what_surrounds_it(page: str, heading: str) -> None:
    draft = read("page.html", page)
    assert draft.title == "The Orchard"
    assert told(draft)[0][1] == heading
    assert LAMP in told(draft)[0][2]
    said = " ".join(part.text for part in draft.prose)
    for around in ("Share", "Great chapter", "Patreon", "Read next", "12", "Loved", "unleash", "Hello"):
        assert around not in said


def test_a_page_of_the_archive_says_rating_summary_and_author() -> None:
    draft = read("page.html", ARCHIVE)
    assert (draft.rating, draft.blurb, draft.authors) == ("Mature", "Apples.", ("Kit",))


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Log in | Archive of Our Own</title></head><body>This work is only available</body></html>",
        "<html><head><title>The Orchard | FanFiction</title></head><body>Story not found</body></html>",
        "<html><head><title>Just a moment...</title></head><body>Checking</body></html>",
        "<html><head><title>Error 503</title></head><body>Retry later</body></html>",
    ],
)
def test_a_page_without_the_story_is_refused_with_what_to_press(page: str) -> None:
    assert mistake("page.html", page).startswith("a page of ")


def test_a_page_of_fanfiction_says_who_wrote_it_its_rating_and_its_chapter() -> None:
    page = FANFICTION.replace("Chapter 1, a fruit", "Chapter 3: Gate, a fruit").replace(
        "<div class='storytext",
        "<span class='xgray'>Rated: <a href='/r'>Fiction  T</a> - English</span><div class='storytext",
    )
    draft = read("page.html", page)
    assert (draft.authors, draft.rating, draft.blurb) == (("Kit",), "T", "Apples.")
    assert told(draft)[0][1] == "Chapter 3: Gate"


@pytest.mark.parametrize("title", ["Gate - The Orchard", "The Orchard - Gate", "The Orchard - Gate - Page 2"])
def test_a_page_of_wattpad_names_story_and_part_in_either_order(title: str) -> None:
    page = WATTPAD[: WATTPAD.index("<title>") + 7] + title + WATTPAD[WATTPAD.index(" - Wattpad") :]
    assert read("page.html", page).title == "The Orchard"
