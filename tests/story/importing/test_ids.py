from story.importing.ids import clipped, one_line, unique_ids


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert unique_ids(["a", "b", "a", "a", "a-2"], 10, ["b"]) == ["a", "b-2", "a-2", "a-3", "a-2-2"]


def test_a_number_makes_no_id_too_long() -> None:
    assert unique_ids(["abcd"] * 11, 4)[-1] == "a-11"


def test_a_text_that_is_too_long_is_cut_at_a_word() -> None:
    assert (clipped("one two three", 12), clipped("one two three", 13)) == ("one two…", "one two three")
    assert clipped("onetwothree", 5) == "onet…"


def test_a_line_has_no_line_ends_and_nothing_that_cannot_be_written() -> None:
    assert one_line(" a\n\u2028 b\0\ud800 ", 9) == "a b\ufffd\ufffd"
