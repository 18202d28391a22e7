"""Front and back matter of a book, by the kinds of EPUB's vocabulary and ARIA's roles."""

from story.importing.readers.markup import DROPPED, NOTE, Element

_PAGE_NUMBERS = frozenset(("pagenum", "pageno", "pgnum", "page-number"))
LEFT_OUT = frozenset(
    (
        "titlepage",
        "halftitlepage",
        "halftitle",
        "cover",
        "toc",
        "landmarks",
        "loi",
        "lot",
        "page-list",
        "pagebreak",
        "index",
    )
)
ABOUT = frozenset(
    (
        *("copyright-page", "colophon", "imprint", "imprimatur", "dedication", "acknowledgments", "acknowledgements"),
        *("foreword", "preface", "introduction", "preamble", "afterword", "endnotes", "footnotes", "rearnotes"),
        *("endnote", "footnote", "rearnote", "bibliography", "glossary", "other-credits", "contributors", "errata"),
        *("seriespage", "frontmatter", "backmatter", "credits", "credit", "abstract"),
    )
)
TOLD = frozenset(
    ("bodymatter", "chapter", "part", "prologue", "epilogue", "epigraph", "volume", "division", "conclusion")
)


def zone_of(around: str, element: Element) -> str:
    """Return the zone of an element of a book: a note, left out, or the one around it."""
    if not _PAGE_NUMBERS.isdisjoint(element.classes):
        return DROPPED
    kinds = element.kinds
    if not kinds or around == NOTE:
        return around
    if kinds & LEFT_OUT:
        return DROPPED
    # A chapter may claim to be back matter, and still be part of the story.
    specific = kinds - {"frontmatter", "backmatter"}
    return NOTE if (specific & ABOUT) or (kinds & ABOUT and not kinds & TOLD) else around
