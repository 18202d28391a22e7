from pathlib import Path

import pytest

from story.importing import BrokenStoryError
from story.importing.limits import Limits
from story.importing.readers.archive import Archive
from story.importing.readers.package import LARGEST_PACKAGE, Package, read_package
from tests.story.importing.works import CONTAINER, epub, opf, zipped


def package(data: bytes) -> Package:
    return read_package(Archive(data, Path("book.epub"), Limits()))


def mistakes(data: bytes) -> list[str]:
    with pytest.raises(BrokenStoryError) as broken:
        package(data)
    return [str(mistake) for mistake in broken.value.mistakes]


def test_a_package_says_what_the_book_is() -> None:
    metadata = """<dc:creator>Ben</dc:creator><dc:creator opf:role="ill">Cleo</dc:creator>
    <dc:description>&lt;p&gt;A lamp.&lt;/p&gt;</dc:description><dc:subject>Fog</dc:subject><dc:subject/>"""
    found = package(epub({"one.xhtml": ""}, opf({"one": "one.xhtml"}, metadata)))
    assert (found.title, found.authors, found.language) == ("The Lamp", ("Ada Fen", "Ben"), "en-GB")
    assert (found.description, found.subjects) == ("<p>A lamp.</p>", ("Fog",))


def test_documents_come_in_the_order_of_the_spine() -> None:
    found = package(epub({"text/b.xhtml": "", "a.xhtml": ""}))
    assert [document.path for document in found.documents] == ["OEBPS/text/b.xhtml", "OEBPS/a.xhtml"]


def test_a_document_is_read_once() -> None:
    found = package(epub({"a.xhtml": ""}, opf({"a": "a.xhtml", "again": "./a.xhtml#later"})))
    assert len(found.documents) == 1


def test_names_may_be_written_as_in_an_address() -> None:
    found = package(epub({"a b.xhtml": ""}, opf({"a": "a%20b.xhtml"})))
    assert found.documents[0].path == "OEBPS/a b.xhtml"


def test_the_table_of_contents_and_pictures_are_no_documents() -> None:
    spine = opf({"nav": "nav.xhtml", "css": "stylesheet.css", "a": "a.xhtml"}, properties={"nav": "nav scripted"})
    spine = spine.replace(
        'href="stylesheet.css" media-type="application/xhtml+xml"', 'href="x.svg" media-type="image/svg+xml"'
    )
    found = package(epub({"a.xhtml": "", "nav.xhtml": ""}, spine))
    assert [document.path for document in found.documents] == ["OEBPS/a.xhtml"]


def test_the_guide_says_what_a_document_is() -> None:
    guide = '<reference type="copyright-page" title="c" href="a.xhtml#top"/>'
    found = package(epub({"a.xhtml": ""}, opf({"item1": "a.xhtml"}, guide=guide)))
    assert found.documents[0].kinds == ("copyright-page", "item1", "a")


def test_a_book_needs_a_container() -> None:
    assert mistakes(zipped({"a": ""})) == ["book.epub/META-INF/container.xml:1: is not in the archive"]


def test_the_container_must_name_a_package() -> None:
    assert mistakes(zipped({"META-INF/container.xml": "<container/>"})) == [
        "book.epub/META-INF/container.xml:1: expected a <rootfile> with a full-path"
    ]


def test_the_package_must_be_there() -> None:
    data = zipped({"META-INF/container.xml": CONTAINER.format("a.opf")})
    assert mistakes(data) == ["book.epub/a.opf:1: is not in the archive"]


def test_the_package_must_be_within_the_book() -> None:
    data = zipped({"META-INF/container.xml": CONTAINER.format("../a.opf")})
    assert mistakes(data) == ["book.epub/META-INF/container.xml:1: the path '../a.opf' leads out of the archive"]


def test_the_spine_must_list_something() -> None:
    assert mistakes(epub({}, opf({}))) == [
        "book.epub/OEBPS/content.opf:1: no documents: expected a <spine> that lists some"
    ]


def test_what_the_spine_has_wrong_is_left_out_with_a_warning() -> None:
    spine = opf({"a": "a.xhtml", "b": "../../b.xhtml", "c": "http://example.org/c.xhtml", "d": "d.xhtml"})
    spine = spine.replace('<itemref idref="d"/>', '<itemref idref="d"/><itemref idref="e"/>')
    found = package(epub({"a.xhtml": ""}, spine))
    assert [document.path for document in found.documents] == ["OEBPS/a.xhtml"]
    assert list(map(str, found.warnings)) == [
        "book.epub/OEBPS/content.opf:9: '../b.xhtml' leads out of the archive",
        "book.epub/OEBPS/content.opf:10: 'OEBPS/http:/example.org/c.xhtml' is not in the archive",
        "book.epub/OEBPS/content.opf:11: 'OEBPS/d.xhtml' is not in the archive",
        "book.epub/OEBPS/content.opf:18: the spine lists 'e', which is no item",
    ]


ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">
<CipherData><CipherReference URI="{}"/></CipherData></EncryptedData>
</encryption>"""


def test_a_locked_book_is_refused() -> None:
    locked: dict[str, str | bytes] = {"META-INF/encryption.xml": ENCRYPTION.format("OEBPS/a.xhtml")}
    assert mistakes(epub({"a.xhtml": "", "b.xhtml": ""}, more=locked)) == [
        "book.epub/OEBPS/a.xhtml:1: is locked by copy protection (DRM): ask where you got it for a copy without it"
    ]


def test_locked_fonts_do_no_harm() -> None:
    fonts: dict[str, str | bytes] = {"META-INF/encryption.xml": ENCRYPTION.format("OEBPS/font.otf")}
    assert len(package(epub({"a.xhtml": ""}, more=fonts)).documents) == 1


def test_a_package_that_is_no_xml_is_refused() -> None:
    assert mistakes(epub({}, "<package>\n<a></package>"))[0].startswith("book.epub/OEBPS/content.opf:2: not XML: ")


def test_entities_in_a_package_are_refused() -> None:
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE p [\n<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><package>&b;</package>'
    assert mistakes(epub({}, bomb)) == ["book.epub/OEBPS/content.opf:3: declares an entity: expected none"]


def test_a_package_that_is_too_large_is_refused() -> None:
    assert mistakes(epub({}, "<package/>" + " " * LARGEST_PACKAGE)) == [
        "book.epub/OEBPS/content.opf:1: too large: at most 262,144 bytes of it are read"
    ]


def test_a_spine_of_nothing_that_is_there_says_so() -> None:
    data = zipped({"META-INF/container.xml": CONTAINER.format("a.opf"), "a.opf": opf({"one": "one.xhtml"})})
    assert mistakes(data) == ["book.epub/a.opf:8: 'one.xhtml' is not in the archive"]
