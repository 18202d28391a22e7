"""Markdown parsers whose lists and quotations are nested only so deep, since what is deeper takes long to read."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block

_LEVELS_OF_A_LIST = 2
"""Levels that a list opens: its own, and that of an item."""


def parser(deepest: int) -> MarkdownIt:
    """Return a parser of CommonMark for so many levels; a list has two of them.

    The text of a quotation that is deeper is left out, and a list that is deeper is text.
    """

    def shallow_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the parser's way
        """Parse a list, unless its items would be too deep: the parser would leave out all that follows them."""
        return state.level + _LEVELS_OF_A_LIST < deepest and list_block(state, start, end, silent)

    made = MarkdownIt("commonmark", {"maxNesting": deepest})
    made.block.ruler.at("list", shallow_list, {"alt": ["paragraph", "reference", "blockquote"]})
    return made
