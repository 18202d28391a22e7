"""Remembers the last page of readings, so that a vote need not read the database."""

from story.rules.page import Page
from story.services.library import Library
from story.store import Commit, Store

MOST = 5000
"""How many readings' pages are remembered."""


class PageCache:
    """The last pages as the last press left them, and the pages just closed.

    A commit that touches a reading makes its page forgotten; after the commit it may be remembered again.
    """

    def __init__(self, store: Store, library: Library) -> None:
        self._store = store
        self._library = library
        self._pages: dict[int, Page] = {}
        self._closed: dict[tuple[int, int], Page] = {}
        store.subscribe(self._forget)

    def page(self, reading_id: int) -> Page | None:
        """Return the last page of a reading, unless something may have changed it."""
        page = None if self._store.in_transaction else self._pages.get(reading_id)
        # An edited story is another object.
        return page if page and self._library.get(page.reading.story) is page.story else None

    def remember(self, page: Page) -> None:
        """Remember a page, except in a session, where time changes it as well."""
        if page.ballot is None or page.ballot.attendance:
            return
        self._pages[page.reading.id] = page
        if len(self._pages) > MOST:
            del self._pages[next(iter(self._pages))]

    def remember_closed(self, page: Page) -> None:
        """Remember a page that has just been closed, until it is shown closed."""
        self._closed[page.reading.id, page.step.n] = page
        if len(self._closed) > MOST:
            del self._closed[next(iter(self._closed))]

    def take_closed(self, reading_id: int, n: int) -> Page | None:
        """Return a page that has just been closed, and forget it."""
        return self._closed.pop((reading_id, n), None)

    def _forget(self, commit: Commit) -> None:
        if commit.readings is None:
            self._pages.clear()
            self._closed.clear()
            return
        for reading in commit.readings:
            self._pages.pop(reading, None)
