"""Writes what was heard of a story, in the order it was heard, as Markdown, HTML or an EPUB book."""

import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from html import escape
from io import BytesIO

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough").disable("image")
"""As Discord reads it: no HTML, no pictures, and every line break counts."""
_SPECIAL = re.compile(r"([\\*_`<>\[\]~|#])")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ZIPPED_AT = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip archive knows, so that the same transcript gives the same file."""
_STYLE = "body{max-width:40em;margin:2em auto;padding:0 1em;font-family:serif;line-height:1.5}.vote{font-style:italic}"
_CONTAINER = """\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A section that was heard: `text` is Markdown, `vote` says how it came to be heard, "" for nothing."""

    scene: str
    pov: str
    text: str
    vote: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was heard of a story. `number` tells it apart from other transcripts, `at` is when it was made, in UTC."""

    title: str
    authors: tuple[str, ...]
    byline: str
    language: str
    credits: str
    told: tuple[Told, ...]
    number: str
    at: datetime


def written(transcript: Transcript, form: str) -> bytes:
    """Return a transcript as a file; `form` is its ending, "md", "html" or "epub"."""
    match form:
        case "epub":
            return as_epub(transcript)
        case "html":
            return as_html(transcript).encode()
        case _:
            return as_markdown(transcript).encode()


def as_markdown(transcript: Transcript) -> str:
    """Return a transcript as Markdown."""
    lines = [f"# {_plain(transcript.title)}", "", _plain(transcript.byline)]
    for each in transcript.told:
        lines += ["", f"## {_plain(each.scene)}", "", f"**{_plain(each.pov)}**"]
        lines += ["", f"> {_plain(each.vote)}"] if each.vote else []
        lines += ["", each.text.strip()]
    lines += ["", "---", "", _plain(transcript.credits)] if transcript.credits else []
    return "\n".join(lines) + "\n"


def as_html(transcript: Transcript) -> str:
    """Return a transcript as a page of HTML, which is also well-formed XML."""
    language = escape(transcript.language)
    return _xml(
        f'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">\n'
        f'<head><meta charset="utf-8"/><title>{escape(transcript.title)}</title><style>{_STYLE}</style></head>\n'
        f"<body>\n{_body(transcript)}</body>\n</html>\n"
    )


def as_epub(transcript: Transcript) -> bytes:
    """Return a transcript as an EPUB 3 book of one document."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        # The format wants it first and uncompressed.
        archive.writestr(zipfile.ZipInfo("mimetype", _ZIPPED_AT), "application/epub+zip", zipfile.ZIP_STORED)
        for name, text in {
            "META-INF/container.xml": _CONTAINER,
            "book/package.opf": _package(transcript),
            "book/nav.xhtml": _navigation(transcript),
            "book/story.xhtml": '<?xml version="1.0" encoding="utf-8"?>\n' + as_html(transcript),
        }.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIPPED_AT), text, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _body(transcript: Transcript) -> str:
    sections = (
        f'<section id="s{number}">\n<h2>{escape(each.scene)}</h2>\n<p><strong>{escape(each.pov)}</strong></p>\n'
        + (f'<p class="vote">{escape(each.vote)}</p>\n' if each.vote else "")
        + f"{_MARKDOWN.render(each.text)}</section>\n"
        for number, each in enumerate(transcript.told, 1)
    )
    thanks = "".join(f"<p>{escape(line)}</p>\n" for line in transcript.credits.splitlines() if line.strip())
    heading = f"<h1>{escape(transcript.title)}</h1>\n<p>{escape(transcript.byline)}</p>\n"
    return heading + "".join(sections) + (f"<hr/>\n{thanks}" if thanks else "")


def _package(transcript: Transcript) -> str:
    authors = "".join(f"<dc:creator>{escape(name)}</dc:creator>\n" for name in transcript.authors)
    return _xml(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<dc:identifier id="id">{escape(transcript.number)}</dc:identifier>\n'
        f"<dc:title>{escape(transcript.title)}</dc:title>\n{authors}"
        f"<dc:language>{escape(transcript.language)}</dc:language>\n"
        f'<meta property="dcterms:modified">{transcript.at:%Y-%m-%dT%H:%M:%SZ}</meta>\n</metadata>\n'
        '<manifest>\n<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>\n'
        '<item id="story" href="story.xhtml" media-type="application/xhtml+xml"/>\n</manifest>\n'
        '<spine><itemref idref="story"/></spine>\n</package>\n'
    )


def _navigation(transcript: Transcript) -> str:
    items = "".join(
        f'<li><a href="story.xhtml#s{number}">{escape(each.scene)} ({escape(each.pov)})</a></li>\n'
        for number, each in enumerate(transcript.told, 1)
    )
    title = escape(transcript.title)
    return _xml(
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">\n'
        f'<head><title>{title}</title></head>\n<body><nav epub:type="toc"><h1>{title}</h1>\n'
        f"<ol>\n{items}</ol></nav></body>\n</html>\n"
    )


def _plain(text: str) -> str:
    """Return a text as Markdown that shows it literally."""
    return _SPECIAL.sub(r"\\\1", text)


def _xml(text: str) -> str:
    """Return XML without the characters that XML can't hold."""
    return _NOT_XML.sub("", text)
