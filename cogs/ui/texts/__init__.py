"""Every text that a member reads, in the language that is spoken: domain values in, words out.

The words are in the message catalogues in `locales/`; `t` says one of them, and the modules by subject put them
together. Which language is spoken is a matter of the task that is running: see `speak` and `speaking`.
"""

from collections.abc import Callable

from cogs.ui.texts.ballots import (
    next_label,
    outcome,
    question,
    state,
    unchanged,
    vote_counted,
    vote_label,
    vote_told,
    your_vote,
)
from cogs.ui.texts.catalogue import CATALOGUES, SOURCE, language_of
from cogs.ui.texts.constants import DESCRIBED, SAID
from cogs.ui.texts.dates import calendar, cancelled, date_choice, next_date, reminder, scheduled, serial_set
from cogs.ui.texts.errors import forbidden, missing_permissions, needs_manage_server, refusal, unexpected
from cogs.ui.texts.facts import link
from cogs.ui.texts.help import about, describe, help_groups, help_text, introduction, privacy_text, rehearsal
from cogs.ui.texts.imports import (
    broken,
    colour_name,
    colour_of,
    confirm_remove,
    exported,
    part_label,
    preview,
    story_kept,
    story_removed,
    too_large,
)
from cogs.ui.texts.looking_back import (
    bookmarked,
    bookmarks,
    byline,
    last_section,
    missed,
    posted_already,
    posted_late,
    recap,
    reread_head,
    transcript_of,
)
from cogs.ui.texts.pages import (
    begun,
    closing,
    confirm_restart,
    confirm_stop,
    moved,
    opening,
    progress,
    scene_of,
    section_gone,
    section_head,
    taken_back,
    thread_name,
    told_by_whom,
)
from cogs.ui.texts.paths import (
    PATH_FILE,
    path_alt,
    path_caption,
    path_head,
    path_left_out,
    path_line,
    path_place,
    path_title,
)
from cogs.ui.texts.pieces import NAME
from cogs.ui.texts.sessions import handed_over, lobby, readers, session_ended
from cogs.ui.texts.settings import (
    at_home,
    options,
    setting_changed,
    setting_effect,
    setting_names,
    setting_page,
    setting_value,
    settings_panel,
    threads_not_allowed,
)
from cogs.ui.texts.speech import Locale, current_locale, speak, speaking, t
from cogs.ui.texts.stories import held, library, reading_choice, started_there, story_info, story_line, where

__all__ = [
    "CATALOGUES",
    "NAME",
    "PATH_FILE",
    "SOURCE",
    "Locale",
    "about",
    "at_home",
    "begun",
    "bookmarked",
    "bookmarks",
    "broken",
    "byline",
    "calendar",
    "cancelled",
    "closing",
    "colour_name",
    "colour_of",
    "confirm_remove",
    "confirm_restart",
    "confirm_stop",
    "current_locale",
    "date_choice",
    "describe",
    "exported",
    "forbidden",
    "handed_over",
    "held",
    "help_groups",
    "help_text",
    "introduction",
    "language_of",
    "last_section",
    "library",
    "link",
    "lobby",
    "missed",
    "missing_permissions",
    "moved",
    "needs_manage_server",
    "next_date",
    "next_label",
    "opening",
    "options",
    "outcome",
    "part_label",
    "path_alt",
    "path_caption",
    "path_head",
    "path_left_out",
    "path_line",
    "path_place",
    "path_title",
    "posted_already",
    "posted_late",
    "preview",
    "privacy_text",
    "progress",
    "question",
    "readers",
    "reading_choice",
    "recap",
    "refusal",
    "rehearsal",
    "reminder",
    "reread_head",
    "scene_of",
    "scheduled",
    "section_gone",
    "section_head",
    "serial_set",
    "session_ended",
    "setting_changed",
    "setting_effect",
    "setting_names",
    "setting_page",
    "setting_value",
    "settings_panel",
    "speak",
    "speaking",
    "started_there",
    "state",
    "story_info",
    "story_kept",
    "story_line",
    "story_removed",
    "t",
    "taken_back",
    "thread_name",
    "threads_not_allowed",
    "told_by_whom",
    "too_large",
    "transcript_of",
    "unchanged",
    "unexpected",
    "vote_counted",
    "vote_label",
    "vote_told",
    "where",
    "your_vote",
]

MADE: dict[str, Callable[[], str]] = {
    "FORBIDDEN": forbidden,
    "INTRODUCTION": introduction,
    "MOVED": moved,
    "NEEDS_MANAGE_SERVER": needs_manage_server,
    "PRIVACY_TEXT": privacy_text,
    "THREADS_NOT_ALLOWED": threads_not_allowed,
}
"""What is put together anew each time; as with the constants, until its place calls the function."""


def __getattr__(name: str) -> str:
    if name in DESCRIBED:
        return describe(DESCRIBED[name])  # type: ignore[return-value] # discord.py takes either for its commands
    if name in SAID:
        return t(SAID[name])
    if name in MADE:
        return MADE[name]()
    raise AttributeError(name)
