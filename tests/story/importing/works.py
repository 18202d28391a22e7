"""Works of the Archive of Our Own and other books, built in a line, in the shapes that they are downloaded in."""

import zipfile
from io import BytesIO

TAGS = {
    "Rating": "Teen And Up Audiences",
    "Archive Warning": "No Archive Warnings Apply",
    "Category": "Gen",
    "Fandoms": "Lighthouses",
    "Additional Tags": "Fog, Slow Burn",
    "Language": "English",
    "Stats": "Published: 2024-03-01 Words: 1,200 Chapters: 2/2",
}
SITE = "https://archiveofourown.org"


def quoted(label: str, text: str) -> str:
    return f'<p>{label}</p>\n<blockquote class="userstuff"><p>{text}</p></blockquote>\n' if text else ""


def chapter(title: str, text: str, summary: str = "", notes: str = "", end_notes: str = "") -> str:
    """A chapter of a work as its HTML has it."""
    see = '<div class="endnote-link">See the end of the chapter for <a href="#endnotes1">notes</a></div>'
    end = f'<div class="meta" id="endnotes1">\n{quoted("Chapter End Notes", end_notes)}</div>'
    return (
        f'<div class="meta group">\n<h2 class="heading">{title}</h2>\n'
        + quoted("Chapter Summary", summary)
        + quoted("Chapter Notes", notes)
        + (see if end_notes else "")
        + f'</div>\n<!--chapter content-->\n<div class="userstuff">\n{text}\n</div>\n<!--/chapter content-->\n'
        + (end if end_notes else "")
    )


def work(  # noqa: PLR0913 - a work has many sides, and a test names the one that it is about
    *chapters: str,
    title: str = "The Lamp",
    byline: str = "keeper_of_fog",
    tags: dict[str, str] = TAGS,
    summary: str = "A lamp goes out.",
    notes: str = "",
    end_notes: str = "",
) -> str:
    """A work as one HTML file. A chapter that is plain text is the only one, and has no heading."""
    authors = ", ".join(f'<a rel="author" href="{SITE}/users/{name}">{name}</a>' for name in byline.split(", "))
    terms = "\n".join(f'<dt>{name}:</dt>\n<dd><a href="{SITE}/tags/x">{value}</a></dd>' for name, value in tags.items())
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
<head>
  <meta charset="utf-8" />
  <title>{title} - {byline} - Lighthouses</title>
  <style type="text/css">p.message {{ text-align: center; }}</style>
</head>
<body>
<div id="preface">
  <h2 class="toc-heading">Preface</h2>
  <p class="message"><b>{title}</b><br/>Posted originally on the <a href="{SITE}/">Archive of Our Own</a> at
  <a href="{SITE}/works/7">{SITE}/works/7</a>.</p>
  <div class="meta">
    <dl class="tags">{terms}</dl>
    <h1>{title}</h1>
    <div class="byline">by {authors}</div>
    {quoted("Summary", summary)}{quoted("Notes", notes)}
    <ul>
    <li>Inspired by <a href="{SITE}/works/3">The Fog</a> by <a rel="author" href="{SITE}/users/ben">ben</a>.</li>
    </ul>
  </div>
</div>
<div id="chapters" class="userstuff">
{"".join(each if "<h2" in each else f'<div class="userstuff">{each}</div>' for each in chapters)}
</div>
<div id="afterword">
  <h2 class="toc-heading">Afterword</h2>
  <div class="meta"><div id="endnotes">{quoted("End Notes", end_notes)}</div></div>
  <p class="message">Please <a href="{SITE}/works/7/comments/new">drop by the Archive and comment</a> to let the
  creator know if you enjoyed their work!</p>
</div>
</body>
</html>
"""


def xhtml(body: str) -> str:
    """A document of a book."""
    return f"""<?xml version='1.0' encoding='utf-8'?>
<html xmlns="http://www.w3.org/1999/xhtml">
<head><title/><link rel="stylesheet" type="text/css" href="stylesheet.css"/></head>
<body class="calibre">
{body}
</body>
</html>
"""


CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles><rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def opf(
    documents: dict[str, str], metadata: str = "", guide: str = "", properties: dict[str, str] | None = None
) -> str:
    """The package document of a book with these documents; `properties` are those of an item, by its id."""
    properties = properties or {}
    items = "\n".join(
        f'<item id="{item}" href="{href}" media-type="application/xhtml+xml" properties="{properties.get(item, "")}"/>'
        for item, href in documents.items()
    )
    spine = "\n".join(f'<itemref idref="{item}"/>' for item in documents)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="uid">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>The Lamp</dc:title><dc:creator opf:role="aut">Ada Fen</dc:creator><dc:language>en-GB</dc:language>
{metadata}
</metadata>
<manifest>
{items}
<item id="css" href="stylesheet.css" media-type="text/css"/>
</manifest>
<spine>
{spine}
</spine>
<guide>{guide}</guide>
</package>
"""


def zipped(files: dict[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these files."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", how) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def epub(documents: dict[str, str], package: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    """A book of documents by their names, which are read in this order."""
    ids = {name.rpartition("/")[2].partition(".")[0]: name for name in documents}
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER.format("OEBPS/content.opf"),
            "OEBPS/content.opf": package or opf(ids),
            **{f"OEBPS/{name}": xhtml(body) for name, body in documents.items()},
            **(more or {}),
        }
    )
