"""Manuscripts as strangers head them: who tells what, with titles, places, pictures and slips around the names."""

import pytest

from tests.story.importing.files import GATE, LAMP, SNOW
from tests.story.importing.reading import notes, read, told, voices

TURNS = ["Mara", "Joe", "Mara", "Joe"]


def parts(*headings: str, many: int = 1) -> str:
    """A manuscript with a part under each heading."""
    return "".join(f"{heading}\n\n" + f"{LAMP}\n\n{GATE}\n\n" * many for heading in headings)


@pytest.mark.parametrize(
    "headings",
    [
        ["“Mara’s POV”", "“Joe’s POV”"] * 2,
        ["POV: 🌊 Mara", "POV: 🔥 Joe"] * 2,
        ["Mara's POV ♡ song: Rain", "Joe's POV ♡ song: Fog"] * 2,
        ["Monday, 8 am – Mara", "Tuesday, 9 am – Joe"] * 2,
        ["Mara: Part One", "Joe: Part One", "Mara: Part Two", "Joe: Part Two"],
        ["~ mara ~", "~ joe ~"] * 2,
        ["Mara's POV", "Joe", "Mara", "Joe's POV"],
        ["Chapter One\nThe Sill\n\nMara", "Chapter Two\nThe Latch\n\nJoe", "Chapter Three\nThe Stair\n\nMara", "Joe"],
        ["Mara\nThe quay, Tuesday night", "Joe\nDover, Wednesday", "Mara\nThe quay, Friday", "Joe\nDover, Sunday"],
    ],
)
def test_more_may_stand_around_a_name(headings: list[str]) -> None:
    assert voices(read("a.txt", "The Orchard\n\nby Kit Hale\n\n" + parts(*headings))) == TURNS


@pytest.mark.parametrize(
    "heading",
    ["{name} | Chapter {n}", "{name}'s POV – Chapter {n}", "#{n} {name}", "{word}: {name}", "{word} – {name}"],
)
def test_a_number_may_stand_before_a_name_or_behind(heading: str) -> None:
    words = ["One", "Two", "Three", "Four"]
    headings = [heading.format(name=name, n=n, word=words[n - 1]) for n, name in enumerate(TURNS, 1)]
    assert voices(read("a.txt", "The Orchard\n\nby Kit Hale\n\n" + parts(*headings))) == TURNS


def test_a_chapter_behind_a_name_is_its_parts_title() -> None:
    text = parts("Mara | Chapter 1", "Joe | Chapter 2")
    assert [heading for _, heading, _ in told(read("a.txt", text))] == ["Mara | Chapter 1", "Joe | Chapter 2"]


def test_a_number_in_words_before_a_line_is_a_chapter_where_others_are_counted() -> None:
    assert told(read("a.txt", f"{LAMP}\n\nOne: Milk\n\n{GATE}")) == [("", "", f"{LAMP}\n\nOne: Milk\n\n{GATE}")]


@pytest.mark.parametrize("line", ["Mara's POV: {}", "**Mara's POV:** {}", "POV de Mara : {}"])
def test_a_paragraph_may_begin_with_whose_view_it_is(line: str) -> None:
    assert told(read("a.txt", f"{SNOW}\n\n{line.format(LAMP)}\n\n{GATE}"))[1] == ("Mara", "", f"{LAMP}\n\n{GATE}")


@pytest.mark.parametrize(
    "line",
    [
        "POV: the gate was late, and so was everybody who had come for it.",
        "From a gull's POV: the quay was small, and nobody on it mattered.",
    ],
)
def test_a_paragraph_that_speaks_of_a_view_is_prose(line: str) -> None:
    assert told(read("a.txt", f"{SNOW}\n\n{line}\n\n{GATE}")) == [("", "", f"{SNOW}\n\n{line}\n\n{GATE}")]


def test_a_japanese_sentence_that_comes_again_is_no_name() -> None:
    text = "side：美咲\n\n雨が降り出した。\n\n健太side\n\n段を数えた。\n\nside：美咲\n\n雨が降り出した。"
    assert voices(read("a.txt", text)) == ["美咲", "健太", "美咲"]


def test_names_with_a_colon_are_narrators_where_more_than_a_line_is_told_under_each() -> None:
    assert voices(read("a.txt", "The Orchard\n\nby Kit Hale\n\n" + parts("MARA:", "JOE:", "MARA:", "JOE:"))) == TURNS


@pytest.mark.parametrize("names", [["Dr. Vane", "Mr Holt"], ["MRS. VANE", "AUNT OLWYN"], ["Grandmother", "McVane"]])
def test_a_name_with_a_title_needs_nothing_else_to_be_one(names: list[str]) -> None:
    heard = ["Mrs. Vane", "Aunt Olwyn"] if names[0].isupper() else names
    assert voices(read("a.txt", "The Orchard\n\nby Kit Hale\n\n" + parts(*names * 2))) == heard * 2


def test_a_name_that_nothing_speaks_for_is_one_beside_others_that_come_as_often() -> None:
    text = "The Orchard\n\nby Kit Hale\n\n" + parts("Mary-Ann", "Kestrin", "Mary-Ann", "Kestrin")
    assert voices(read("a.txt", text)) == ["Mary-Ann", "Kestrin", "Mary-Ann", "Kestrin"]


def test_names_that_come_once_each_are_narrators_from_the_top_on() -> None:
    assert voices(read("a.txt", parts("MARA", "JOE", "ALICE", "PETER"))) == ["Mara", "Joe", "Alice", "Peter"]


def test_names_that_are_called_out_once_each_tell_nothing() -> None:
    text = f"{LAMP}\n\n{GATE}\n\n{SNOW}\n\n" + parts("MARA", "JOE", "ALICE", "PETER")
    assert voices(read("a.txt", text)) == [""]


def test_nobody_knows_who_tells_it() -> None:
    assert voices(read("a.txt", parts("Mara's POV", "??? POV", "Mara's POV"))) == ["Mara", "???", "Mara"]


def test_a_sentence_that_speaks_of_a_point_of_view_is_prose() -> None:
    line = "From Mara's point of view, the gate was late; from Joe's, it was early."
    assert told(read("a.txt", f"{LAMP}\n\n{line}\n\n{GATE}")) == [("", "", f"{LAMP}\n\n{line}\n\n{GATE}")]


ANNA = "Анна молчала, и Иван тоже молчал. Андрей и Игорь ушли, а Мария и Саша спали. Павел ждал."


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("POV Анны", "Анна"),
        ("POV Анна", "Анна"),
        ("От лица Ивана", "Иван"),
        ("Глава 3: Глазами Анны", "Анна"),
        ("ГЛАЗАМИ САШИ", "Саша"),
        ("Точка зрения Андрея", "Андрей"),
        ("POV Игоря", "Игорь"),
        ("POV Марии", "Мария"),
        ("POV Павла", "Павел"),
        ("POV Олег", "Олег"),
        ("Точка зрения автора", "Автор"),
        ("От третьего лица", "От третьего лица"),
    ],
)
def test_russian_bends_a_name(heading: str, name: str) -> None:
    assert voices(read("a.txt", f"{heading}\n\n{ANNA}")) == [name]


ZOSIA = "Zosia spała, Kuba czekał, a Kinga liczyła schody. Marek i Adam poszli. Ewa nie."


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Perspektywa Zosi", "Zosia"),
        ("Perspektywa Kuby", "Kuba"),
        ("Perspektywa Kingi", "Kinga"),
        ("Punkt widzenia Marka", "Marek"),
        ("Punkt widzenia Adama", "Adam"),
        ("Perspektywa Ewa", "Ewa"),
        ("Perspektywa Leo", "Leo"),
        ("POV Zosia", "Zosia"),
        ("Oczami Zosi", "Zosia"),
    ],
)
def test_so_does_polish(heading: str, name: str) -> None:
    assert voices(read("a.txt", f"{heading}\n\n{ZOSIA}")) == [name]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Sannes perspectief", "Sanne"),
        ("Perspectief van Sanne", "Sanne"),
        ("Durch die Augen von Sanne", "Sanne"),
        ("Par les yeux de Sanne", "Sanne"),
        ("A través de los ojos de Sanne", "Sanne"),
        ("Pelos olhos da Sanne", "Sanne"),
        ("Con gli occhi di Sanne", "Sanne"),
        ("Door de ogen van Sanne", "Sanne"),
        ("Through the eyes of Sanne", "Sanne"),
    ],
)
def test_it_is_told_through_somebodys_eyes(heading: str, name: str) -> None:
    assert voices(read("a.txt", f"{heading}\n\nSanne sloot het hek.\n\n{GATE}")) == [name]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Rozdział pierwszy", "Rozdział drugi"),
        ("Hoofdstuk één", "Hoofdstuk twee"),
        ("Глава первая", "Глава вторая"),
        ("Elftes Kapitel", "Zwölftes Kapitel"),
        ("Chapter the First", "Chapter the Second"),
        ("Stave One", "Stave Two"),
    ],
)
def test_chapters_are_counted_in_words(one: str, two: str) -> None:
    assert [heading for _, heading, _ in told(read("a.txt", f"{one}\n\n{LAMP}\n\n{two}\n\n{GATE}"))] == [one, two]


@pytest.mark.parametrize(
    "note",
    [
        "A/N: Mara's POV next!",
        "Next up: Mara's POV!",
        "Follow me on Tumblr @saltandrope :)",
        "От автора: спасибо за отзывы!",
        "Od autorki: Dziękuję za komentarze i do następnego rozdziału!",
        "Noot van de schrijver: bedankt voor het lezen en laat een reactie achter!",
        "Angolo autrice: spero che il capitolo vi sia piaciuto, fatemi sapere in una recensione!",
        "Простите за задержку, жду ваших комментариев к следующей главе!",
        "Przepraszam za opóźnienie, mam nadzieję, że rozdział się spodoba!",
    ],
)
def test_authors_speak_to_readers_in_many_languages(note: str) -> None:
    draft = read("a.txt", f"Joe's POV\n\n{LAMP}\n\n{GATE}\n\n{SNOW}\n\n{note}")
    assert (voices(draft), notes(draft)) == (["Joe"], [note])


def test_titles_in_capitals_alone_are_chapters_where_they_are_set_alike() -> None:
    text = "Salt\n\n" + parts("THE LIGHTHOUSE", "THE FERRY", "THE LETTER", many=2)
    draft = read("a.txt", text)
    headings = [heading for _, heading, _ in told(draft)]
    assert (draft.title, headings) == ("Salt", ["The Lighthouse", "The Ferry", "The Letter"])


def test_signs_in_capitals_within_the_story_are_prose() -> None:
    draft = read("a.txt", f"{LAMP}\n\n{GATE}\n\n" + parts("NO ENTRY", "CLOSED FOR WINTER", "WET PAINT", many=2))
    assert len(told(draft)) == 1


def test_speeches_of_a_few_words_more_are_a_plays_where_there_are_acts() -> None:
    speeches = "\n\n".join(f"{name}\n\n{said}" for name, said in zip(TURNS, (LAMP, GATE, SNOW, LAMP), strict=True))
    assert voices(read("a.txt", f"The Orchard\n\nby Kit Hale\n\nACT I\n\n{speeches}")) == [""]


def test_a_name_alone_that_comes_again_below_a_title_tells_nothing() -> None:
    text = f"The Orchard\n\nChapter 1\n\n{LAMP}\n\nMara\n\n{GATE}\n\nMara\n\n{SNOW}"
    assert voices(read("a.txt", text)) == [""]


def test_plain_names_are_narrators_below_a_title_and_a_note() -> None:
    text = "The Orchard\nby Kit Hale\n\nThank you for reading!!\n\n---\n\n" + parts("Mara", "Joe", "Mara", "Joe")
    assert voices(read("a.txt", text)) == TURNS


def test_a_name_under_a_letter_before_the_next_ones_date_is_no_narrator() -> None:
    letters = "".join(
        f"May {n}\n\nDear {to},\n\n{LAMP}\n\n{by}\n\n" for n, to, by in ((3, "Mara", "Joe"), (9, "Joe", "Mara"))
    )
    assert voices(read("a.txt", f"{letters}May 20\n\nDear Mara,\n\n{GATE}\n\nJoe")) == [""]


def test_a_name_under_a_letter_within_a_part_is_no_narrator() -> None:
    letter = f"Dear Mara,\n\n{SNOW}\n\nJoe"
    draft = read("a.txt", f"Mara's POV\n\n{LAMP}\n\n{letter}\n\n{LAMP}\n\n{GATE}\n\nJoe's POV\n\n{GATE}")
    assert [(pov, text) for pov, _, text in told(draft)] == [
        ("Mara", f"{LAMP}\n\n{letter}\n\n{LAMP}\n\n{GATE}"),
        ("Joe", GATE),
    ]


def test_a_numbered_list_of_names_within_a_chapter_is_prose() -> None:
    draft = read("a.txt", f"Chapter 1\n\n{LAMP}\n\n1. Mara\n\n2. Joe\n\n3. Alice\n\n{GATE}\n\nChapter 2\n\n{SNOW}")
    assert ([heading for _, heading, _ in told(draft)], voices(draft)) == (["Chapter 1", "Chapter 2"], [""])


@pytest.mark.parametrize("title", ["Land in Sicht", "Keine Sicht", "Neue Perspektive"])
def test_a_german_title_with_a_view_in_it_names_nobody(title: str) -> None:
    assert voices(read("a.txt", f"Kapitel 1: {title}\n\n{LAMP}\n\nKapitel 2\n\n{GATE}")) == [""]


def test_numbers_in_small_letters_are_chapters_where_they_are_in_order() -> None:
    text = f"The Orchard\n\ni\n\n{LAMP}\n\nii\n\n{GATE}\n\niii\n\n{SNOW}"
    assert [heading for _, heading, _ in told(read("a.txt", text))] == ["i", "ii", "iii"]


def test_chats_and_speeches_within_the_story_are_prose() -> None:
    chat = "Mara:\n\nhi\n\nJoe:\n\nhello\n\nMara:\n\nwhere are you\n\nJoe:\n\nat the gate"
    assert voices(read("a.txt", f"{LAMP}\n\n{chat}\n\n{GATE}")) == [""]


def test_a_dedication_with_a_full_stop_is_a_note_above_an_epigraph() -> None:
    text = (
        f"The Orchard\n\nby Kit Hale\n\nFor my mother, who rowed.\n\n“All stairs lead down.”\n\nChapter One\n\n{LAMP}"
    )
    draft = read("a.txt", text)
    assert (notes(draft), told(draft)[0][2]) == (["For my mother, who rowed."], "“All stairs lead down.”")


@pytest.mark.parametrize(
    "line", ["For years nobody came.", "To be honest, it rained.", "For Mara it began with the gate."]
)
def test_a_sentence_that_begins_as_a_dedication_is_story(line: str) -> None:
    assert not notes(read("a.txt", f"The Orchard\n\nby Kit Hale\n\n{line}\n\nChapter One\n\n{LAMP}"))


def test_how_to_reach_the_author_is_left_out() -> None:
    address = "Kit Hale                    about 3,200 words\n12 Quay Street\nkit@example.com"
    draft = read("a.txt", f"{address}\n\n\nTHE ORCHARD\n\nby Kit Hale\n\n{LAMP}\n\n#\n\n{GATE}")
    assert (draft.title, draft.authors, draft.credits) == ("THE ORCHARD", ("Kit Hale",), "")
    assert [text for _, _, text in told(draft)] == [LAMP, GATE]


def test_an_ornate_word_in_small_letters_that_is_no_common_name_tells_nothing() -> None:
    assert voices(read("a.txt", parts("~ gull ~", "~ quay ~", "~ gull ~", "~ quay ~"))) == [""]


def test_what_a_downloader_says_of_a_story_is_no_part_of_it() -> None:
    said = (
        "Storyid: 123\nCategory: Misc\nUpdated: 2014-05-09\nPackaged: 2014-06-01\nChapters: 2\nStory URL: example.org"
    )
    text = f"The Orchard\nby kit\n\n{said}\n\nChapter 1\n\n{LAMP}\n\nChapter 2\n\n{GATE}\n\nEnd file."
    draft = read("a.txt", text)
    assert (draft.title, draft.authors, draft.credits) == ("The Orchard", ("kit",), said)
    assert told(draft) == [("", "Chapter 1", LAMP), ("", "Chapter 2", GATE)]


def test_a_name_with_an_underscore_stays_as_it_is() -> None:
    assert read("a.txt", f"Title: The Orchard\nAuthor: kit_hale\n\n{LAMP}").authors == ("kit_hale",)


def test_places_where_words_may_be_parted_are_left_out() -> None:
    assert told(read("a.txt", "The la\xadmp was out.")) == [("", "", "The lamp was out.")]
