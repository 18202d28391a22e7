"""One analysis for every kind of manuscript: it finds chapters, narrators, times, breaks, notes and what to skip."""

from dataclasses import replace

from story.importing.analysis.chapters import find_headings, find_numbers, find_titles
from story.importing.analysis.front import Front, leave_out_furniture, read_front
from story.importing.analysis.furniture import leave_out_pages
from story.importing.analysis.items import items as items_of
from story.importing.analysis.matter import find_matter
from story.importing.analysis.narrators import find_narrators
from story.importing.analysis.notes import find_notes
from story.importing.analysis.parts import Gathering
from story.importing.block import Manuscript
from story.importing.draft import Draft
from story.importing.limits import Limits


def analyse(manuscript: Manuscript, limits: Limits) -> Draft:
    """Turn a manuscript into a draft, with each decision, how sure it is and why.

    Raises:
        BrokenStoryError: it has no prose, or more parts than `limits` allows sections.
    """
    said = manuscript.said
    items = items_of(manuscript.blocks)
    front = Front()
    leave_out_furniture(items, front)
    leave_out_pages(items, (said.title, *said.authors))
    find_numbers(items)
    find_narrators(items)
    title = said.title if manuscript.titled else front.title
    read_front(items, front, titled=title)
    title = title or front.title or said.title
    find_headings(items, title)
    find_titles(items)
    find_matter(items)
    find_notes(items)
    gathering = Gathering(said.file, limits)
    for item in items:
        gathering.take(item)
    return replace(
        said,
        title=title,
        authors=said.authors or tuple(front.authors),
        rating=said.rating or front.rating,
        blurb=said.blurb or front.blurb,
        language=said.language or front.language,
        content_notes=said.content_notes or tuple(front.content_notes),
        credits="\n".join(filter(None, [said.credits, *front.notes])),
        parts=gathering.finished(),
        decisions=tuple(gathering.decisions),
        warnings=(*manuscript.warnings, *gathering.warnings),
    )
