"""Files of the kinds that people have, made here in the shapes that their programs give them."""

from tests.story.importing.works import zipped

LAMP = "The lamp had gone out before supper and nobody would own to it."
GATE = "I heard the gate twice that night, and once more towards morning."
SNOW = "By noon the snow lay up to the sill and the dog refused to look at it."

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>'
    "</cp:coreProperties>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r2" Type="{_REL}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_REL}/footnotes" Target="footnotes.xml"/></Relationships>'
)
_STYLES = (
    f"<w:styles {_W}>"
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
        for name in ("Title", "heading 1", "heading 2")
    )
    + "</w:styles>"
)


def word_paragraph(text: str, style: str = "", run: str = "", note: int = 0) -> str:
    """A paragraph of a Word document; `run` are the properties of its text, such as `<w:i/>`."""
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    mark = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if note else ""
    return f'<w:p>{said}<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>{mark}</w:p>'


def docx(*paragraphs: str, title: str = "", author: str = "", footnote: str = "") -> bytes:
    """A Word document."""
    notes = (
        f'<w:footnotes {_W}><w:footnote w:id="2"><w:p><w:r><w:t>{footnote}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELS,
            "word/_rels/document.xml.rels": _DOCUMENT_RELS,
            "word/styles.xml": _STYLES,
            "word/footnotes.xml": notes,
            "word/document.xml": f"<w:document {_W}><w:body>{''.join(paragraphs)}</w:body></w:document>",
            "docProps/core.xml": _CORE.format(title, author),
        }
    )


_OFFICE = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"'
    for name, path in {
        "office": "office",
        "text": "text",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "manifest": "manifest",
        "meta": "meta",
    }.items()
)
_ODT = "application/vnd.oasis.opendocument.text"
_AUTOMATIC = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="P2"/>'
    '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P1"/>'
)


def odt(body: str, title: str = "", author: str = "") -> bytes:
    """An OpenDocument text."""
    meta = (
        f'<office:document-meta {_OFFICE} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator></office:meta></office:document-meta>"
    )
    return zipped(
        {
            "mimetype": _ODT,
            "META-INF/manifest.xml": f'<manifest:manifest {_OFFICE}><manifest:file-entry manifest:full-path="/"'
            f' manifest:media-type="{_ODT}"/><manifest:file-entry manifest:full-path="content.xml"'
            ' manifest:media-type="text/xml"/></manifest:manifest>',
            "content.xml": f"<office:document-content {_OFFICE}><office:automatic-styles>{_AUTOMATIC}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {_OFFICE}><office:styles/></office:document-styles>",
            "meta.xml": meta,
        }
    )


GOOGLE = (
    '<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">'
    ".c1{font-style:italic}.c2{font-weight:700;color:#000}.c3{font-weight:400;font-style:normal}</style></head>"
    '<body class="c9 doc-content"><p class="c5 title" id="h.1"><span class="c3">The Orchard</span></p>'
    '<p class="c4"><span class="c3">I said </span><span class="c1">no</span><span class="c3">, and </span>'
    '<span class="c2">meant</span><span class="c3"> it.</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p>'
    '<hr><div><p class="c4"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span class="c3"> Twice.</span></p></div>'
    "</body></html>"
)

FICTIONBOOK = f"""<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><author><first-name>Kit</first-name><last-name>Hale</last-name></author>
<book-title>The Orchard</book-title><annotation><p>Apples.</p></annotation><lang>en</lang></title-info></description>
<body><title><p>The Orchard</p></title>
<section><title><p>Chapter 1</p></title><epigraph><p>Cold.</p></epigraph><p>{LAMP}<a l:href="#n1" type="note">1</a></p>
<empty-line/><image l:href="#i"/><poem><stanza><v>One</v><v>Two</v></stanza></poem></section>
<section><title><p>Chapter 2</p></title><p>It was <emphasis>very</emphasis> <strong>cold</strong>.</p></section></body>
<body name="notes"><section id="n1"><title><p>1</p></title><p>Of oil.</p></section></body>
<binary id="i" content-type="image/png">AAAA</binary></FictionBook>"""

PUBLISHED = (
    '<html><head><title>The Orchard</title></head><body><tw-storydata name="The Orchard" startnode="2" creator="Twine"'
    ' format="Harlowe" hidden><tw-passagedata pid="1" name="Gate" tags="pov-mara">It said &lt;3.{}'
    '</tw-passagedata><tw-passagedata pid="2" name="Fence" tags="">It stood. [[On-&gt;Gate]]</tw-passagedata>'
    "</tw-storydata></body></html>"
)

FANFICTION = (
    "<!DOCTYPE html><html><head><title>The Orchard Chapter 1, a fruit fanfic | FanFiction</title></head><body>"
    "<div id=top>unleash your imagination</div><div id=profile_top><b class='xcontrast_txt'>The Orchard</b> By:"
    " <a class='xcontrast_txt' href='/u/1/Kit'>Kit</a><div class='xcontrast_txt'>Apples.</div></div>"
    f"<div class='storytext xcontrast_txt' id='storytext'><p>{LAMP}</p><hr size=1 noshade><p>{GATE}</p></div>"
    "<div>Share</div></body></html>"
)
ROYAL_ROAD = (
    "<html><head><title>Chapter 3: Gate - The Orchard | Royal Road</title></head><body><nav>Home</nav>"
    '<h1 class="font-white">Chapter 3: Gate</h1><h3 class="font-white">by <a>Kit</a></h3>'
    '<div class="portlet author-note-portlet"><p>Join my Patreon!</p></div>'
    f'<div class="chapter-inner chapter-content"><h2>Night</h2><p>{LAMP}</p></div>'
    "<div>Great chapter</div></body></html>"
)
WATTPAD = (
    '<html><head><title>Gate - The Orchard - Wattpad</title></head><body><header class="navbar">Browse</header>'
    f'<h1 class="h2">Gate</h1><div class="panel panel-reading"><pre><p data-p-id="a">{LAMP}'
    '<span class="comment-marker">12</span></p></pre></div><div>Read next</div></body></html>'
)
ARCHIVE = (
    '<html lang="en"><head><title>The Orchard - Kit - Fruit [Archive of Our Own]</title></head><body><div id="main">'
    '<h1 class="heading">Archive of Our Own</h1><ul class="actions"><li>Share</li></ul>'
    '<dl class="work meta group"><dt class="rating tags">Rating:</dt><dd class="rating tags"><a>Mature</a></dd></dl>'
    '<div id="workskin"><div class="preface group"><h2 class="title heading">The Orchard</h2>'
    '<h3 class="byline heading"><a rel="author">Kit</a></h3>'
    '<div class="summary module"><h3 class="heading">Summary:</h3>'
    '<blockquote class="userstuff"><p>Apples.</p></blockquote></div><div class="notes module"><p>Hello!</p></div></div>'
    '<div id="chapters"><div class="chapter"><h3 class="title"><a>Chapter 1</a>: Gate</h3>'
    f'<div class="userstuff module"><h3 class="landmark heading">Chapter Text</h3><p>{LAMP}</p></div></div></div></div>'
    '<div id="feedback"><blockquote class="userstuff"><p>Loved it!</p></blockquote></div></div></body></html>'
)
