from pathlib import Path

import pytest

from story.importing import BrokenStoryError
from story.importing.block import Block, Kind
from story.importing.readers.markup import LONGEST_BLOCK, MOST_PICTURES_NAMED, MOST_TAGS, Element, Markup
from story.importing.readers.styles import MOST_RULES

PAGE = Path("page.html")


def read(html: str) -> list[Block]:
    return list(Markup(lambda *_: "").blocks(html.encode(), PAGE))


def texts(html: str) -> list[str]:
    return [block.text for block in read(html)]


def mistake(html: str) -> str:
    with pytest.raises(BrokenStoryError) as broken:
        read(html)
    return str(broken.value)


def test_paragraphs_are_blocks_with_their_lines() -> None:
    blocks = read("<body>\n<p>One\ntwo</p>\n\n<p>three</p>\n<li>four<div>five</div></body>")
    assert [(block.text, block.line) for block in blocks] == [("One two", 2), ("three", 5), ("- four", 6), ("five", 6)]


def test_a_paragraph_need_not_be_closed() -> None:
    assert texts("<p>one<p>two") == ["one", "two"]


def test_empty_paragraphs_say_nothing() -> None:
    assert texts("<p></p><p> </p><p>&nbsp;</p><p><br></p>") == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<em>a</em> <i>b</i> <cite>c</cite>", "*a b c*"),
        ("<strong>a</strong> <b>b</b>", "**a b**"),
        ("<u>a</u> <ins>b</ins>", "__a b__"),
        ("<s>a</s> <strike>b</strike> <del>c</del>", "~~a b c~~"),
        ("<em>a<i>b</i></em>", "*ab*"),
        ("<span>a</span><o:p>b</o:p>", "ab"),
        ("2<sup>nd</sup> m<sup>e</sup>", "2nd m [e]"),
        ("wall<sup>1</sup>, 10<sup>2</sup>", "wall [1], 102"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("a&amp;b &lt;3 &eacute; &#8217;", "a&b \\<3 é ’"),
        ('<a href="https://example.org/x">there</a>', "[there](https://example.org/x)"),
        ('<a href="#note"><em>here</em></a>', "*here*"),
        ("a<!-- b --><?c d?>e", "ae"),
    ],
)
def test_marks_links_and_line_breaks_survive(html: str, text: str) -> None:
    assert texts(f"<p>{html}</p>") == [text]


def test_headings_have_levels() -> None:
    blocks = read("<h1>A <i>b</i></h1><h4><span>c</span></h4><p>d</p>")
    assert [(block.kind, block.level, block.plain) for block in blocks] == [
        (Kind.HEADING, 1, "A b"),
        (Kind.HEADING, 4, "c"),
        (Kind.TEXT, 0, "d"),
    ]


def test_a_rule_is_a_block_of_its_own() -> None:
    assert [(block.kind, block.line) for block in read("<p>a\n<hr>\n<p>b")] == [
        (Kind.TEXT, 1),
        (Kind.RULE, 2),
        (Kind.TEXT, 3),
    ]


def test_lists_have_bullets_or_numbers() -> None:
    html = "<ul><li>a<li>b<ol><li>c</li><li><p>d</p><p>e</p></li></ol></ul><li>f</li>"
    assert texts(html) == ["- a", "- b", "  1. c", "  2. d", "e", "- f"]
    assert [block.kind for block in read(html)] == [Kind.ITEM] * 4 + [Kind.TEXT, Kind.ITEM]


def test_an_item_without_text_leaves_no_bullet_behind() -> None:
    assert texts("<ul><li></li></ul><p>a</p>") == ["a"]


def test_quotations_are_quoted_line_by_line() -> None:
    assert texts("<blockquote><p>a<br>b</p><p>c</p></blockquote>d") == ["> a\n> b", "> c", "d"]


def test_verbatim_text_keeps_its_lines() -> None:
    assert texts("<pre>a\n  b</pre>") == ["a\nb"]


def test_scripts_styles_and_what_is_pressed_are_no_text() -> None:
    html = "<head><title>t</title><style>a</style></head><p>b<script>c</script>d</p><nav><p>e</p></nav>"
    assert texts(html) == ["bd"]


def test_words_stand_for_a_picture_and_a_warning_says_so() -> None:
    markup = Markup(lambda *_: "")
    [block] = markup.blocks(
        b'<p>a <img src="http://x/y.png" alt="the  cat"></p>\n<img src=a><svg><text>b</text></svg>', PAGE
    )
    assert block.text == "a [the cat]"
    assert list(map(str, markup.warnings)) == [
        "page.html:1: <img> cannot be shown in a section: its description stands for it",
        "page.html:2: <img> cannot be shown in a section: it is left out",
        "page.html:2: <svg> cannot be shown in a section: it is left out",
    ]


def test_only_so_many_pictures_are_warned_of() -> None:
    markup = Markup(lambda *_: "")
    list(markup.blocks(b"<img>" * (MOST_PICTURES_NAMED + 1), PAGE))
    assert len(markup.warnings) == MOST_PICTURES_NAMED


def test_a_block_is_in_the_zone_that_its_reader_says() -> None:
    def zone_of(around: str, element: Element) -> str:
        return f"{around}/{element.name}{element.its_id}{' '.join(sorted(element.classes))}"

    blocks = Markup(zone_of).blocks(b'<p>a</p><div id="b"><blockquote class="c d">e</blockquote></div>', PAGE)
    assert [block.zone for block in blocks] == ["/html/body/p", "/html/body/divb/blockquotec d"]


def test_a_quotation_that_is_a_zone_of_its_own_is_not_quoted() -> None:
    markup = Markup(lambda around, element: "note" if element.name == "blockquote" else around)
    assert [block.text for block in markup.blocks(b"<blockquote>a<blockquote>b</blockquote></blockquote>", PAGE)] == [
        "a",
        "> b",
    ]


def test_nothing_is_nothing() -> None:
    assert texts("") == texts("<!-- a -->") == []


def test_entities_of_its_own_are_refused() -> None:
    html = '<!DOCTYPE html [\n<!ENTITY a "b">\n<!ENTITY c "&a;&a;">]><p>&c;</p>'
    assert mistake(html) == "page.html:2: declares an entity: expected none but those of HTML"


def test_more_tags_than_text_are_refused() -> None:
    assert mistake("<b>" * (MOST_TAGS + 1)) == "page.html:1: more than 50,000 tags a megabyte: expected prose"


def test_nesting_has_no_limit_but_that_of_tags() -> None:
    assert texts("<div>" * 10_000 + "a") == ["a"]


def test_a_paragraph_that_never_ends_is_parted() -> None:
    assert "".join(texts("<p>" + "a" * 50_000)) == "a" * 50_000
    assert max(map(len, texts("<p>" + "<b>a</b>b" * 10_000))) < LONGEST_BLOCK


def test_a_style_sheet_of_too_many_classes_is_read_as_far_as_it_goes() -> None:
    rules = "".join(f".c{number}{{font-style:italic}}" for number in range(MOST_RULES + 1))
    words = f'<p><span class="c0">first</span> <span class="c{MOST_RULES}">last</span></p>'
    assert texts(f"<style>{rules}</style>{words}") == ["*first* last"]
