"""Pages of story sites saved from the browser: the story without its surroundings, or what to press instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import NamedTuple

from story.importing import BrokenStoryError, Mistake
from story.importing.block import Block, Kind, Manuscript, Role
from story.importing.draft import Draft
from story.importing.prose import Run, escape
from story.importing.readers.ao3 import LOWEST, RATINGS
from story.importing.readers.markup import DROPPED, NOTE, Element

STORY, TITLE, BYLINE, CHAPTER, SUMMARY, RATING, SURROUNDS = (
    "story",
    "title",
    "byline",
    "chapter",
    "summary",
    "rating",
    "",
)

_HEAD = 200_000


class Rule(NamedTuple):
    """A rule for elements: their name, id and a class, each "" for any, and the zone they begin."""

    zone: str
    name: str = ""
    its_id: str = ""
    of_class: str = ""

    def fits(self, element: Element) -> bool:
        """Whether an element fits the rule."""
        return (
            self.name in {"", element.name}
            and self.its_id in {"", element.its_id}
            and (not self.of_class or self.of_class in element.classes)
        )


@dataclass(frozen=True)
class Site:
    """How to recognise a site's pages, and those with a story, and where on them it is.

    `title` finds the title in the page's head, or several of which one is the chapter's; `says` finds `author`,
    `rating` and `chapter` there. `instead` is what to do if the page has no story.
    """

    name: str
    page: re.Pattern[str]
    story: re.Pattern[str]
    rules: tuple[Rule, ...]
    instead: str
    title: re.Pattern[str] | None = None
    says: re.Pattern[str] | None = None

    def zone_of(self, around: str, element: Element) -> str:
        """Return the zone that an element is in."""
        if around in {TITLE, BYLINE, CHAPTER, SUMMARY, RATING, NOTE}:
            return around
        for rule in self.rules:
            if rule.fits(element):
                return rule.zone
        return around

    def manuscript(self, text: str, blocks: Iterable[Block], file: Path, warnings: list[Mistake]) -> Manuscript:
        """Return a page's story, and what the page says about it."""
        told: list[Block] = []
        said: dict[str, list[str]] = {TITLE: [], BYLINE: [], SUMMARY: [], RATING: []}
        for block in blocks:
            match block.zone:
                case "story":
                    told.append(block._replace(level=max(block.level, LOWEST)) if block.level else block)
                case "chapter":
                    told.append(block._replace(kind=Kind.HEADING, runs=(Run(block.plain),), level=2))
                case "footnote":
                    told.append(block._replace(role=Role.NOTE))
                case zone if zone in said:
                    said[zone].append(block.plain)
                case _:
                    pass
        chapters = {block.plain.casefold() for block in told if block.kind is Kind.HEADING}
        pieces = _said(self.title, text).get("title", "").split(" - ")
        named = next((each for each in pieces if each.casefold() not in chapters), pieces[0])
        more = _said(self.says, text)
        if chapter := more.get("chapter"):
            told.insert(0, Block(Kind.HEADING, CHAPTER, 1, (Run(chapter),), level=2))
        title = next(iter(said[TITLE]), "") or named
        authors = (next(iter(said[BYLINE]), "") or more.get("author", "")).removeprefix("by ")
        draft = Draft(
            title=title or file.stem,
            authors=tuple(filter(None, re.split(r"\s*,\s*", authors))),
            parts=(),
            rating=next((each for each in said[RATING] if each in RATINGS), more.get("rating", "")),
            blurb=escape(" ".join(each for each in said[SUMMARY] if each.rstrip(":") != "Summary")),
            language="",
            file=file,
        )
        return Manuscript(told, draft, titled=bool(title), warnings=warnings)


def _said(pattern: re.Pattern[str] | None, text: str) -> dict[str, str]:
    """Return what a pattern finds in a page's head, by the names of its groups."""
    found: dict[str, str] = {}
    for each in pattern.finditer(text[:_HEAD]) if pattern else ():
        for name, value in each.groupdict().items():
            if value and name not in found:
                found[name] = " ".join(unescape(value).split())
    return found


_ARCHIVE = Site(
    "the Archive of Our Own",
    re.compile(r"archiveofourown|Archive of Our Own", re.IGNORECASE),
    re.compile(r"id=[\"']workskin[\"']", re.IGNORECASE),
    (
        Rule(DROPPED, of_class="landmark"),
        Rule(DROPPED, of_class="actions"),
        Rule(DROPPED, of_class="navigation"),
        Rule(DROPPED, its_id="feedback"),
        Rule(DROPPED, its_id="kudos"),
        Rule(RATING, "dd", of_class="rating"),
        Rule(BYLINE, of_class="byline"),
        Rule(CHAPTER, "h3", of_class="title"),
        Rule(TITLE, "h2", of_class="title"),
        Rule(SUMMARY, "div", of_class="summary"),
        Rule(NOTE, "div", of_class="notes"),
        Rule(NOTE, "div", its_id="work_endnotes"),
        Rule(STORY, "div", of_class="userstuff"),
    ),
    "press “Download”, then “EPUB”, on the work’s page, and bring that file",
)
_FANFICTION = Site(
    "FanFiction.net",
    re.compile(r"fanfiction\.net|fictionpress\.com|xcontrast_txt|\| Fan(?:Fiction|fic)", re.IGNORECASE),
    re.compile(r"id=[\"']?storytext", re.IGNORECASE),
    (
        Rule(DROPPED, of_class="a2a_kit"),
        Rule(STORY, "div", its_id="storytext"),
        Rule(STORY, "div", its_id="storytextp"),
        Rule(SUMMARY, "div", of_class="xcontrast_txt"),
    ),
    "open a chapter of the story and save that page, or bring the story’s text in a file",
    re.compile(r"<b\s[^>]{0,60}xcontrast_txt[^>]{0,60}>(?P<title>[^<]{1,200})</b>", re.IGNORECASE),
    re.compile(
        r"<a\s[^>]{0,200}href=[\"']?(?:https?://[\w.]{1,40})?/u/\d[^>]{0,200}>(?P<author>[^<]{1,100})</a>"
        r"|Rated:\s*(?:<a\s[^>]{0,200}>)?Fiction\s+(?P<rating>[KTM]\+?)"
        r"|<title[^>]{0,40}>[^<]{0,200}? (?P<chapter>Chapter \d{1,4}(?:: [^<]{1,150}?)?), an? [^<]{1,100}fan ?fic",
        re.IGNORECASE,
    ),
)
_ROYAL_ROAD = Site(
    "Royal Road",
    re.compile(r"royalroad\.com|Royal Road", re.IGNORECASE),
    re.compile(r"class=[\"'][^\"']*chapter-(?:content|inner)", re.IGNORECASE),
    (
        Rule(DROPPED, of_class="nav-buttons"),
        Rule(NOTE, of_class="author-note-portlet"),
        Rule(NOTE, of_class="author-note"),
        Rule(CHAPTER, "h1"),
        Rule(TITLE, "h2", of_class="font-white"),
        Rule(BYLINE, "h3", of_class="font-white"),
        Rule(STORY, "div", of_class="chapter-content"),
        Rule(STORY, "div", of_class="chapter-inner"),
    ),
    "open a chapter of the story and save that page",
    re.compile(r"<title[^>]{0,40}>(?P<title>[^<|]{1,400}?)\s*\|\s*Royal Road", re.IGNORECASE),
)
_WATTPAD = Site(
    "Wattpad",
    re.compile(r"wattpad\.com|\bWattpad</title>", re.IGNORECASE),
    re.compile(r"data-p-id=|class=[\"'][^\"']*panel-reading", re.IGNORECASE),
    (
        Rule(DROPPED, of_class="comment-marker"),
        Rule(DROPPED, of_class="component-wrapper"),
        Rule(DROPPED, "footer"),
        Rule(DROPPED, "header", of_class="navbar"),
        Rule(CHAPTER, "h1"),
        Rule(STORY, "pre"),
        Rule(STORY, of_class="panel-reading"),
    ),
    "open a part of the story, scroll to its end, and save that page",
    re.compile(r"<title[^>]{0,40}>(?P<title>[^<]{1,400}?) - (?:Page \d+ - )?Wattpad", re.IGNORECASE),
)
_SITES = (_ARCHIVE, _FANFICTION, _ROYAL_ROAD, _WATTPAD)

_SITE_ADDRESS = re.compile(
    r"<(?:link|meta|base|!--)[^>]{0,300}(?:archiveofourown\.org|fanfiction\.net|fictionpress\.com|royalroad\.com|wattpad\.com)"
    r"|<title[^>]{0,40}>[^<]{0,300}(?:Archive of Our Own|FanFiction|FictionPress|Royal Road|Wattpad)"
    r"|class=[\"'][^\"']*xcontrast_txt",
    re.IGNORECASE,
)
_NO_STORY = re.compile(
    r"<title[^>]{0,40}>\s*(?:just a moment|attention required|access denied|verify|are you (?:a )?(?:human"
    r"|robot)|log[ -]?in|sign[ -]?in"
    r"|(?:error )?(?:40[0-9]|50[0-9]|52[0-9])\b|page not found|not found|service unavailable|bad gateway"
    r"|retry later|too many requests)"
    r"|cf-browser-verification|cf_chl_opt|challenge-platform"
    r"|this work could have adult content|>\s*retry later\s*<|this work is only available to registered users",
    re.IGNORECASE,
)


def is_site_page(text: str) -> bool:
    """Whether a page of the Archive was saved from the browser rather than downloaded."""
    return _ARCHIVE.story.search(text) is not None


def site_of(text: str, file: Path) -> Site | None:
    """Return the site that a page was saved from, or None if it is unknown.

    Raises:
        BrokenStoryError: it has no story, but a log-in form, a warning or an error.
    """
    head = text[:_HEAD]
    site = next((each for each in _SITES if each.page.search(head)), None) if _SITE_ADDRESS.search(head) else None
    if site and site.story.search(text):
        return site
    if site or (len(text) < _HEAD and _NO_STORY.search(head)):
        name, instead = (site.name, site.instead) if site else ("a site", "open the story itself, and save that page")
        what = f"a page of {name} without the story, such as a log-in, a warning or an error: {instead}"
        raise BrokenStoryError([Mistake(file, 1, what)])
    return None
