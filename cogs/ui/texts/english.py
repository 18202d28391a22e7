"""Every text that a member reads, in English. A translation is a module with the same names.

It is long because it is all of them: one file to hand to a translator.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from discord.utils import escape_markdown, format_dt

from cogs.ui.texts.common import (
    LANGUAGE_NAMES,
    LENGTHS,
    MOST_ALT,
    MOST_CHANNELS,
    MOST_CREDITS,
    MOST_LABEL,
    MOST_MISTAKES,
    MOST_NAMES,
    MOST_READERS,
    MOST_TITLES,
    NAME,
    QUORUMS,
    Option,
    bar,
    inner_file,
    label_of,
    link,
    linked,
    listed,
    mention,
    mentions,
    name_chosen,
    name_of,
    name_taken,
    number_of,
    option,
    path_told,
    quoted,
    reached,
    relative,
    scenes_in_short,
    shortened,
    size,
    skipping,
    small,
    spans,
    unit_of,
    was_heard,
)
from cogs.ui.texts.speech import current_locale, dot
from story import __version__, errors
from story.importing import Mistake
from story.importing.draft import Draft, Part
from story.model import Pov, Scene, Section, Story
from story.rules.ballot import Ballot, Press
from story.rules.delivery_failure import DeliveryFailure
from story.rules.page import Heard, Page
from story.rules.serial import Serial
from story.rules.session import Attendance
from story.rules.session_date import SessionDate
from story.rules.settings import Decide, Order, Settings, Turner
from story.rules.steps import How, Kind, Reading, Step
from story.services.library import Title
from story.services.sessions import Ended, Lobby
from story.times.phrases import Repeat

# ---- commands, as Discord lists them (descriptions: 100 characters at most)

NEXT = "Read on: posts the next section, or says that you are ready for it"
POV = "Through whose eyes next, or where? Shows the ballot, or casts your vote"
POV_WHO = "Who should tell the next scene, or which way it should go"
WHERE = "Where we are: the scene, the voices heard, what is open"
RECAP = "What happened so far, a sentence for each section (only you see it)"
PATH = "The way we took so far, as a picture or as text (only you see it)"
PATH_AS = "A picture if you leave this out"
PATH_AS_PICTURE = "picture"
PATH_AS_TEXT = "text"
REREAD = "A scene we have read, through any of its eyes (only you see it)"
REREAD_SCENE = "Which scene; the last one if you leave this out"
REREAD_POV = "Through whose eyes; the ones we chose if you leave this out"
BACK = "Undo the last section and open the ballot before it again"
RESTART = "Begin the story again, after asking"
STORY = "The stories on the shelf"
STORY_LIST = "What there is to read"
STORY_INFO = "More about one story"
STORY_START = "Begin a story, here or in another channel"
STORY_STOP = "End what is being read here, after asking"
STORY_WHICH = "Which story"
STORY_CHANNEL = "Where to read it; here if you leave this out"
STORY_IMPORT = "Bring a story in: a manuscript, Markdown, HTML, EPUB or Twee; you see it before it is kept"
STORY_FILE = "A .md, .txt, .html, .epub or .twee file"
STORY_REMOVE = "Remove a story that was brought in here, after asking"
STORY_OWN = "Which of the stories that were brought in here"
STORY_EXPORT = "A story as a Markdown file (only you see it)"
IMPORT_MENU = "Import as story"
TRANSCRIPT = "What we have heard here, with each vote, as a file to keep (only you see it)"
TRANSCRIPT_AS = "What kind of file; Markdown if you leave this out"
CATCHUP = "What you missed since you were last here (only you see it)"
BOOKMARK = "Bookmark the last section, or take its bookmark off (only you see it)"
BOOKMARK_MENU = "Bookmark this section"
BOOKMARKS = "What you have bookmarked in this server (only you see it)"
PRIVACY = "What I keep, and why"
FORGET = "Have me forget"
FORGET_ME = "Delete what I keep of you, at once; decided votes stay as numbers"
FORGET_SERVER = "Delete everything I keep of this server, after asking"
SESSION = "Reading together at a set time"
SESSION_START = "Open the lobby of a reading evening here"
SESSION_STOP = "End the session; the reading goes on with /next"
SESSION_PAUSE = "Have the pages wait until the session goes on"
SESSION_RESUME = "Go on after a pause"
SESSION_READERS = "Who is in the session, and who is ready (only you see it)"
SESSION_HOST = "Make somebody else the host"
SESSION_HOST_WHO = "A member who is in the session"
SESSION_SCHEDULE = "Set a date: a reminder and the lobby come by themselves"
SESSION_WHEN = "When, such as friday 8pm, tomorrow at 19:30 or 25 dec 20:00"
SESSION_ZONE = "By the clock of which time zone or city; the server's if you leave this out"
SESSION_REPEAT = "Whether it comes round again"
SESSION_PING = "A role to ping with the reminder"
SESSION_CALENDAR = "The dates of this server (only you see it)"
SESSION_CANCEL = "Cancel the date in this channel, and all that repeat it"
SESSION_MOVE = "Move the date in this channel, and all that repeat it"
SERIAL = "Have a section come by itself, every day, on weekdays or every week"
SERIAL_EVERY = "How often; off ends the serial"
SERIAL_AT = "At what time of day, such as 19:30 or 7pm"
SERIAL_ZONE = "By the clock of which time zone or city; the server's if you leave this out"
SETTINGS = "How this server is read to: who decides, who turns the page, time zone and more"
HELP = "What you can do here"
ABOUT = "Who made this, and which version it is"

# ---- buttons (labels: 80 characters at most, 34 read well)

NEXT_LABEL = "Next"
AGAIN_LABEL = "Read it again"
EYES_LABEL = "Hear other eyes"
BEGIN_AGAIN_LABEL = "Begin again"
KEEP_READING_LABEL = "Keep reading"
STOP_LABEL = "End the reading"
EARLIER_SCENE_LABEL = "Earlier scene"
LATER_SCENE_LABEL = "Later scene"
READ_ON_LABEL = "Read on"
EARLIER_PAGE_LABEL = "Earlier"
LATER_PAGE_LABEL = "Later"
READ_WHOLE_LABEL = "Read them whole"
NEXT_SECTION_LABEL = "Next section"
DONE_LABEL = "Done reading"
JOIN_LABEL = "Join"
LEAVE_LABEL = "Leave"
BEGIN_LABEL = "Begin"
MISSED_LABEL = "What did I miss?"
FORGET_SERVER_LABEL = "Forget this server"
KEEP_STORY_LABEL = "Keep it"
DISCARD_LABEL = "Discard"
RENAME_POV_LABEL = "Rename a POV"
MERGE_POVS_LABEL = "Merge two POVs"
COLOURS_LABEL = "Colours"
MARK_PART_LABEL = "Mark a part"
REMOVE_LABEL = "Remove the story"
SETTING_PLACEHOLDER = "Change …"
VALUE_PLACEHOLDER = "Choose …"
CHANNEL_PLACEHOLDER = "Choose a channel …"
ROLE_PLACEHOLDER = "A role whose members turn the page …"
BACK_LABEL = "Back"
RESET_LABEL = "Reset"
RESET_ALL_LABEL = "Reset them all"
THIS_READING_LABEL = "For this reading only"
WHOLE_SERVER_LABEL = "For the whole server"
TYPE_IT_LABEL = "Type it in"


def vote_label(label: str, votes: int) -> str:
    """Label an option's button: what it is called, and its votes if it has any."""
    if not votes:
        return shortened(label)
    counted = f", {_count(votes, 'vote')}" if current_locale().plain else f" · {votes}"
    return shortened(label, MOST_LABEL - len(counted)) + counted


# ---- a page


def opening(story: Story) -> str:
    """Introduce a story before its first section."""
    lines = [f"# {escape_markdown(story.title)}", f"-# by {listed(story.authors)}"]
    if story.blurb:
        lines.append(story.blurb)
    if story.rating:
        lines.append(f"**Rating:** {story.rating}")
    if story.content_notes:
        lines.append(f"**Content notes:** {', '.join(story.content_notes)}")
    lines.append(f"**Told by:** {_told_by(story)}")
    return "\n".join(lines)


def section_head(page: Page, scene: Scene, section: Section, part: int, parts: int) -> str:
    """Head a section, or a part of one."""
    small = "-# " + dot().join([escape_markdown(page.story.title), scene_of(page), section.pov.name])
    if part == 1:
        return f"## {scene.title}\n{small}" + (f"{dot()}part 1 of {parts}" if parts > 1 else "")
    return f"{small}{dot()}part {part} of {parts}"


def section_gone() -> str:
    """Stand in for a section that is not in the story any more."""
    return "*This section has been taken out of the story.*"


def scene_of(page: Page) -> str:
    """Say how far the path has come."""
    number = reached(page)
    return _scene(page.story, number) if number else f"before {_scene(page.story, 1)}"


def _scene(story: Story, number: int) -> str:
    """Name a scene by its number, of how many only where that is how many there will be."""
    return f"scene {number} of {len(story.scenes)}" if story.is_line else f"scene {number}"


def progress(page: Page) -> str:
    """Draw how far the path has come, the number beside it."""
    return f"-# {bar(page)}{scene_of(page)}"


def taken_back(page: Page) -> str:
    """Tell the channel that the last section has been undone."""
    return f"**The last section is taken back**, by {_who(page.step.by)}. We are back: {scene_of(page)}."


def begun(page: Page) -> str:
    """Invite to the first vote of a story whose first scene has several POVs."""
    return f"**{escape_markdown(page.story.title)}** is about to begin."


MOVED = "-# The story goes on further down."


QUESTION = "**Through whose eyes next?**"
WHERE_NEXT = "**Where next?**"


def question(ballot: Ballot) -> str:
    """Ask for the votes, and say what has been answered and until when there is time."""
    heading = [WHERE_NEXT if ballot.is_branch else QUESTION] if ballot.is_choice else []
    return "\n".join([*heading, f"-# {state(ballot)}", *_nudge(ballot), *_skips(ballot)])


def state(ballot: Ballot) -> str:
    """Say in a line or two who decides, what has been answered, and when the page turns."""
    return f"{_who_decides(ballot)} {_when_it_turns(ballot)}"


def _who_decides(ballot: Ballot) -> str:
    if not ballot.is_choice:
        return f"{ballot.options[0].pov.name} tells the next scene."
    name = name_chosen(ballot)
    match ballot.decided_by:
        case Decide.FIRST:
            return f"{_who(ballot.chooser)} was first: {name}." if name else "The first press decides."
        case Decide.HOST:
            return f"{_who(ballot.chooser)}, the host, {f'has chosen {name}' if name else 'chooses'}."
        case Decide.TURNS if name:
            return f"It was the turn of {_who(ballot.chooser)}: {name}."
        case Decide.TURNS:
            return f"It is the turn of {_who(ballot.chooser)} to choose."
        case _:
            return _vote_decides(ballot)


def _vote_decides(ballot: Ballot) -> str:
    if ballot.hides_votes:
        return f"Most votes win; they are shown when it closes ({_count(ballot.tally.total(), 'vote')} so far)."
    return "Most votes win."


def _when_it_turns(ballot: Ballot) -> str:  # noqa: PLR0911 - a table
    if ballot.attendance:
        return _state_of_session(ballot, ballot.attendance)
    if ballot.serial:
        return f"The next section comes {relative(ballot.closes_at) if ballot.closes_at else 'soon'}."
    if ballot.waits_for_session:
        return "The page turns in a session: `/session start` opens one."
    if ballot.led:
        return f"The page turns when {_leaders(ballot)} presses **{NEXT_LABEL}**."
    if not ballot.is_choice:
        return f"Press **{NEXT_LABEL}** when you are ready."
    if ballot.closes_at is None and ballot.is_branch:
        return f"Press a way, or **{NEXT_LABEL}** to go on wherever it leads."
    if ballot.closes_at is None:
        return f"Press a name, or **{NEXT_LABEL}** to go on whoever tells it."
    return f"Closes {relative(ballot.closes_at)}, {_what_it_waits_for(ballot)}."


def _what_it_waits_for(ballot: Ballot) -> str:
    again = f"; the clock was started again, {_times(ballot.restarts)}" if ballot.restarts else ""
    if ballot.decided_by is not Decide.VOTE:
        return "with or without a choice"
    if ballot.answered < ballot.settings.quorum:
        return f"{ballot.answered} of at least {ballot.settings.quorum} have answered{again}"
    if ballot.wants_next and ballot.settings.early:
        return f"or as soon as somebody here presses **{NEXT_LABEL}**"
    return _answered(ballot)


def _leaders(ballot: Ballot) -> str:
    """Name who turns the page where not everybody does."""
    if ballot.settings.turner is Turner.ROLE:
        return f"somebody with <@&{ballot.settings.role}>" if ballot.settings.role else "a moderator"
    return _who(ballot.led_by)


def _times(number: int) -> str:
    return "once" if number == 1 else "twice"


def _state_of_session(ballot: Ballot, attendance: Attendance) -> str:
    away = f" {_count(len(attendance.away), 'reader')} away." if attendance.away else ""
    read = f"{len(ballot.have_read)} of {len(attendance.present)} have read it."
    if attendance.session.paused:
        then = "The session pauses."
    elif ballot.turns_at:
        then = f"Everybody is ready: the page turns {relative(ballot.turns_at)}."
    else:
        leaders = _leaders(ballot) if ballot.led else _who(attendance.host)
        all_ready = "" if ballot.led else "all have read and voted, or when "
        then = f"The page turns when {all_ready}{leaders} presses **{NEXT_LABEL}**."
    return f"{read}{away} {then}"


def _nudge(ballot: Ballot) -> list[str]:
    """Remind the voters of the voice that they have not heard for longest, if there is one."""
    return [f"-# Not heard for longest: {ballot.longest_unheard.name}."] if ballot.longest_unheard else []


def _skips(ballot: Ballot) -> list[str]:
    """Say what would be skipped on the way to an option."""
    skips = ", ".join(f"{_count(each.skipped, 'scene')} to {each.label}" for each in skipping(ballot))
    return [f"-# Skipped on the way: {skips}; `/reread` has them then."] if skips else []


def outcome(page: Page, step: Step) -> str:
    """Say which step closed the ballot of a page, in the place where its question stood."""
    return f"-# {_outcome(page, step)}"


def _outcome(page: Page, step: Step) -> str:  # noqa: PLR0911 - a table
    name, pov = name_taken(page, step), name_of(page.story, step.pov)
    match step.kind, step.how:
        case Kind.BACK, _:
            return f"Taken back by {_who(step.by)}."
        case Kind.STOP, _:
            return f"The reading was ended by {_who(step.by)}." if step.by else "The reading has ended."
        case Kind.RESTART, _:
            return f"Begun again by {_who(step.by)}."
        case _, How.VOTES if step.chooser:
            return f"Chosen by {_who(step.chooser)}: {name}."
        case _, How.VOTES:
            return f"Decided: {name}, {step.votes} of {_count(step.cast, 'vote')}."
        case _, How.HEARD_LEAST:
            return f"{_tie(step)}: {name}{',' if name == pov else f'; {pov} was'} heard least so far."
        case _, How.ORDER:
            return f"{_tie(step)}: {name}, first in the story’s order."
        case _:
            return f"On to the next scene: {name}."


def vote_told(page: Page, step: Step) -> str:
    """Say for a file how it came that a POV told a section; nothing where there was no choice. Names no member."""
    if step.how in {None, How.ONLY}:
        return ""
    return f"Chosen: {name_taken(page, step)}." if step.chooser and step.how is How.VOTES else _outcome(page, step)


def byline(story: Story) -> str:
    """Say in a file who wrote a story."""
    return f"by {', '.join(story.authors)}"


def transcript_of(page: Page, sections: int) -> str:
    """Hand over a file with what was heard."""
    return f"**{escape_markdown(page.story.title)}**, {_count(sections, 'section')} as we heard them."


def _tie(step: Step) -> str:
    return "Decided by a tie" if step.cast else "Decided without votes"


def closing(page: Page, heard: int) -> str:
    """Close a story: its credits, how much of it was heard, the path taken."""
    story = page.story
    _, sections, _, _ = size(story)
    then = ", then " if current_locale().plain else " → "
    lines = [
        f"# The end of {escape_markdown(story.title)}",
        f"-# by {listed(story.authors)}",
        f"We heard **{heard} of its {_count(sections, 'section')}**.",
        f"**Our path:** {path_told(page, then)}",
    ]
    return "\n".join([*lines, *small(story.credits)])


# ---- sessions


def lobby(shown: Lobby) -> str:
    """Describe a session: what it reads, where that stands, who is in."""
    session, page = shown.session, shown.page
    lines = ["## Reading together"]
    if page:
        lines.append(f"**{escape_markdown(page.story.title)}**, {scene_of(page)}")
    state = "has begun" if session.began_at else f"begins when {_who(shown.host)} presses **{BEGIN_LABEL}**"
    lines.append(f"The session {state}.")
    members = [reader.member for reader in session.readers]
    lines.append(f"**In it ({len(members)}):** {_mentions(members)}")
    lines.append("-# Anyone may join, now or later. Whoever presses something under a section is in it, too.")
    return "\n".join(lines)


def _mentions(members: Sequence[int]) -> str:
    """Name members, up to as many as a card has room for."""
    more = f" and {len(members) - MOST_READERS} more" if len(members) > MOST_READERS else ""
    return (mentions(members) or "nobody yet") + more


def readers(shown: Lobby) -> str:
    """Say who of a session is there, who has read, and who is waited for."""
    ballot = shown.page.ballot if shown.page else None
    attendance = ballot.attendance if ballot else None
    if ballot is None or attendance is None:
        return lobby(shown)
    lines = ["## Who is here"]
    all_away, all_waited_for, all_read = attendance.away, ballot.waited_for, ballot.have_read
    for reader in shown.session.readers[:MOST_READERS]:
        away = reader.member in all_away
        waited_for, read = reader.member in all_waited_for, reader.member in all_read
        state = "away" if away else "ready" if not waited_for else "has read, and has not voted" if read else "reading"
        host = ", host" if reader.member == attendance.host else ""
        lines.append(f"- <@{reader.member}>: {state}{host}")
    if len(shown.session.readers) > MOST_READERS:
        lines.append(f"- and {len(shown.session.readers) - MOST_READERS} more")
    return "\n".join(lines)


def session_ended(ended: Ended, session_date: SessionDate | None) -> str:
    """Close a session: what was read, for how long, which voices won, who was there, and the next date."""
    minutes = max(1, round(ended.length.total_seconds() / 60))
    lines = ["## The session is over"]
    if ended.page:
        lines.append(f"**{escape_markdown(ended.page.story.title)}**, {scene_of(ended.page)} now")
    if ended.heard:
        titles = [f"{scene.title} ({section.pov.name})" for _, scene, section in ended.heard]
        more = f" and {len(titles) - MOST_TITLES} before" if len(titles) > MOST_TITLES else ""
        lines.append(f"**Read in {_count(minutes, 'minute')}:** {', '.join(titles[-MOST_TITLES:])}{more}")
    if ended.won:
        lines.append(
            "**Votes won:** " + ", ".join(f"{escape_markdown(name)} {n}" for name, n in ended.won.most_common())
        )
    lines.append(f"**There:** {_mentions(ended.there)}")
    if session_date:
        lines.append(next_date(session_date))
    if ended.page is None or not ended.page.at_end:
        lines.append("-# The reading goes on with `/next` whenever you like.")
    return "\n".join(lines)


HANDED_OVER = "Done: there is a new host."
PAUSED = "The session pauses: pages wait until `/session resume`."
RESUMED = "The session goes on."
NOTHING_TO_READ = "The session has begun, but the story has been read to its end: `/restart` or `/story start` goes on."


# ---- dates


def _date(session_date: SessionDate) -> str:
    again = {Repeat.NONE: "", Repeat.DAILY: ", every day", Repeat.WEEKLY: ", every week"}
    often = again.get(session_date.repeat, ", from Monday to Friday")
    return f"{format_dt(session_date.at, 'F')}, {relative(session_date.at)}{often}"


def scheduled(session_date: SessionDate, *, event: bool) -> str:
    """Tell the channel that there is a date."""
    text = f"**We read together {_date(session_date)}** ({session_date.zone.key}). The lobby opens here by itself."
    return text if event else f"{text}\n-# {NO_EVENT}"


NO_EVENT = "To have it among the server's events, too, allow me **Create Events**, and make the date again."
EVENT_NAME = "Reading together"
EVENT_DESCRIPTION = "The lobby opens in the channel by itself. Anyone may join."
NO_DATES = "No date has been set in this server. `/session schedule` sets one."


def calendar(events: Iterable[SessionDate]) -> list[str]:
    """List the dates of a server."""
    lines = [f"- <#{each.channel}>: {_date(each)}" for each in events]
    return ["## Reading together", *(lines or [NO_DATES])]


def reminder(session_date: SessionDate) -> str:
    """Remind a channel of its date."""
    ping = f"<@&{session_date.role}> " if session_date.role else ""
    return f"{ping}**We read together {relative(session_date.at)}.** `/catchup` shows what you missed."


def cancelled(session_date: SessionDate) -> str:
    """Tell the channel that there is no date any more."""
    return f"Cancelled: we do not read together {format_dt(session_date.at, 'F')}. The reading goes on with `/next`."


def next_date(session_date: SessionDate) -> str:
    """Say when the next date is, on a session's closing card."""
    return f"**Next:** {_date(session_date)}"


# ---- discussions


def thread_name(page: Page) -> str:
    """Name the thread under a section, so that who has not read it is told nothing."""
    return f"Let’s talk: {scene_of(page)}"


# ---- settings


SETTING_NAMES = {
    "decide": "Who decides",
    "seconds": "Time to vote",
    "quorum": "Answers needed",
    "hidden": "Votes shown",
    "early": "Close early",
    "turner": "Who turns the page",
    "discuss": "Discussion threads",
    "order": "Order of scenes",
    "home": "Home channel",
    "story": "First story",
    "zone": "Time zone",
    "language": "Language",
    "quiet": "Notifications",
    "plain": "Plain mode",
}
"""The settings that can be chosen, as the panel calls them; the role is chosen with who turns the page."""
_OPTIONS = {
    "decide": [
        Option(Decide.VOTE, "Most votes", "Most votes win; between equals, the voice heard least."),
        Option(Decide.FIRST, "The first press", "Whoever presses a name first has chosen."),
        Option(Decide.HOST, "The host", "The session’s host chooses, or else whoever began the reading."),
        Option(Decide.TURNS, "In turn", "In a session each reader chooses in turn; without one, most votes win."),
    ],
    "hidden": [
        Option("false", "At once", "The buttons show the votes as they come in."),
        Option("true", "When it closes", "Nobody sees the votes before the ballot is closed."),
    ],
    "early": [
        Option("true", "When all have answered", "A ballot closes as soon as everyone present has answered."),
        Option("false", "Never", "A ballot stays open until its time is up, even if everyone has answered."),
    ],
    "turner": [
        Option(Turner.EVERYONE, "Everyone", "Pages turn when the readers are ready."),
        Option(Turner.READERS, "The session’s readers", "Pages turn in a session only, for those who have joined it."),
        Option(Turner.HOST, "The host", "Pages turn when the host presses Next, and not by themselves."),
    ],
    "discuss": [
        Option("false", "Off", "Sections have no threads."),
        Option("true", "Under each section", "Each section gets a thread; it is archived two sections on."),
    ],
    "order": [
        Option(Order.WRITTEN, "As written", "Scenes come in the order of the story."),
        Option(Order.FOLLOW, "Follow a voice", "Votes are for whose next part comes; `/reread` has what is skipped."),
    ],
    "quiet": [
        Option("false", "As the members have set them", "Sections notify as any message does."),
        Option("true", "Off", "Sections are posted without a notification; reminders still notify."),
    ],
    "plain": [
        Option("false", "Off", "Posts have boxes in the colour of who tells them."),
        Option("true", "On", "No boxes, no colours, and words in place of signs: for screen readers."),
    ],
}


def options(name: str, stories: Iterable[Title]) -> list[Option]:
    """Return what can be chosen for a setting; nothing where it is typed in, or a channel."""
    match name:
        case "seconds":
            return [
                Option(str(n), _duration(n), f"A ballot closes {_duration(n)} after the first press.") for n in LENGTHS
            ]
        case "quorum":
            return [_quorum(number) for number in QUORUMS]
        case "story":
            return [Option(each.id, each.title[:100], f"`/next` begins {each.title}.") for each in stories]
        case "language":
            return [Option(tag, label, f"I speak {label} here.") for tag, label in LANGUAGE_NAMES.items()]
        case _:
            return _OPTIONS.get(name, [])


def _quorum(number: int) -> Option:
    if number == 0:
        return Option("0", "None", "A ballot closes however few have answered.")
    effect = f"Until {number} have answered the clock is started again, twice; then the leader wins."
    return Option(str(number), f"At least {number}", effect)


def _duration(seconds: int) -> str:
    return _count(*unit_of(seconds))


def setting_value(settings: Settings, name: str, stories: Iterable[Title]) -> str:
    """Say what a setting is set to."""
    value = getattr(settings, name)
    match name:
        case "turner" if value is Turner.ROLE:
            return f"members with <@&{settings.role}>"
        case "home":
            return f"<#{value}>" if value else "none"
        case "zone":
            return str(value)
        case "seconds":
            return _duration(value)
        case _:
            return option(settings, name, options(name, stories)).label


def setting_effect(settings: Settings, name: str, stories: Iterable[Title]) -> str:
    """Say what is different with what a setting is set to."""
    value = getattr(settings, name)
    match name:
        case "turner" if value is Turner.ROLE:
            return f"Pages turn when somebody with <@&{settings.role}> presses Next, and not by themselves."
        case "home":
            return f"Readings begin in <#{value}>." if value else "Readings begin wherever somebody says `/next`."
        case "zone":
            return f"Dates and serials go by the clock of {value}."
        case _:
            return option(settings, name, options(name, stories)).effect


def settings_panel(
    settings: Settings, names: Iterable[str], own: Container[str], *, of_reading: bool, stories: Sequence[Title]
) -> str:
    """List settings, those that have been changed marked as such."""
    lines = [f"## {'Settings of this reading' if of_reading else 'Settings'}"]
    for name in names:
        mark = (" (of this reading)" if of_reading else " (changed)") if name in own else ""
        lines.append(f"- **{SETTING_NAMES[name]}:** {setting_value(settings, name, stories)}{mark}")
    if of_reading:
        lines.append("-# What is not of this reading is the server’s. Choose one to change it for this reading only.")
    return "\n".join(lines)


def setting_changed(settings: Settings, name: str, stories: Sequence[Title]) -> str:
    """Confirm a change, and say what is different now."""
    value = setting_value(settings, name, stories)
    return f"**{SETTING_NAMES[name]}: {value}.** {setting_effect(settings, name, stories)}"


def setting_page(settings: Settings, name: str, stories: Sequence[Title]) -> str:
    """Describe one setting, and what it can be."""
    lines = [f"## {SETTING_NAMES[name]}", f"Now: **{setting_value(settings, name, stories)}**."]
    choices_ = options(name, stories) if name in _OPTIONS else []
    lines += [f"- **{each.label}:** {each.effect}" for each in choices_]
    return "\n".join([*lines, *([SETTING_HINTS[name]] if name in SETTING_HINTS else [])])


SETTING_HINTS = {
    "seconds": "How long a ballot stays open from the first press on.",
    "quorum": "How many must answer before the clock can close a ballot. In a session everyone present is waited for.",
    "turner": "With a role, pages turn when one of its members presses Next. Moderators always may.",
    "order": "A voice can be followed where each scene ahead is told by one; otherwise scenes come as written.",
    "home": "Where the server reads: `/next` begins there, and elsewhere says so.",
    "story": "What `/next` begins where nothing has been read.",
    "zone": "A large city near you, such as Berlin or New York.",
    "language": "What I say; the stories stay in their own language.",
}
ZONE_TITLE = "Time zone"
STORY_TITLE = "First story"
RESET_DONE = "Everything is as it was in the beginning."
RESET_READING_DONE = "This reading goes by the server’s settings."
CONFIRM_RESET = "Reset every setting of this server? Single readings keep their own."
CONFIRM_RESET_READING = "Have this reading go by the server’s settings again?"
NO_SUCH_SETTING = "That cannot be set here any more. `/settings` shows what can."
THREADS_NOT_ALLOWED = "For that, allow me **Create Public Threads** in the channel."


def at_home(channel: int) -> str:
    """Say where the server reads."""
    return f"This server reads in <#{channel}>: `/next` begins there. `/story start` begins a story anywhere."


# ---- serials


def serial_set(page: Page, serial: Serial) -> str:
    """Tell the channel that sections come by themselves from now on, and when the first does."""
    every = {Repeat.DAILY: "every day", Repeat.WEEKDAYS: "from Monday to Friday", Repeat.WEEKLY: "every week"}
    when = page.ballot.closes_at if page.ballot else None
    first = f" The next comes {format_dt(when, 'F')}, {relative(when)}." if when else ""
    return (
        f"**{escape_markdown(page.story.title)}** is a serial now: a section {every[serial.every]}, by the clock of"
        f" {serial.zone.key}.{first} `/serial every: off` ends it."
    )


SERIAL_ENDED = "The serial has ended: from here on pages turn by vote, with `/next`, as ever."


# ---- private answers


def vote_counted(page: Page, press: Press, *, next_pressed: bool) -> str:
    """Tell a member what their command has counted as."""
    ballot = page.ballot
    label = label_of(ballot, press.pov)
    said = (
        "You are ready for the next section."
        if next_pressed
        else f"Your vote is for {label}."
        if label
        else "Your vote is taken back."
    )
    if ballot is None or (ballot.closes_at is None and not ballot.attendance):
        return said
    return f"{said} {state(ballot)} {last_section(page.reading, page.step)}"


def posted_already(page: Page, message: int) -> str:
    """Tell a member that what they asked for stands in the channel already."""
    return f"It has just been posted: [the last page]({link(page.reading, message)})"


def where(page: Page) -> str:
    """Say where a reading is."""
    story = page.story
    scene = page.place.path and story.scene(page.place.path[-1].section_id[0])
    lines = [
        f"**{escape_markdown(story.title)}**: {scene_of(page)}" + (f", *{scene.title}*" if scene else ""),
        f"Heard so far: {', '.join(f'{pov.name} {page.place.heard(pov.id)}' for pov in story.povs)}.",
    ]
    if page.at_end:
        lines.append("The story has been read to its end.")
    elif page.ballot is None:
        lines.append("The story was edited and our place in it is gone; `/back` or `/restart` finds one.")
    elif page.ballot.attendance or page.ballot.serial:
        lines.append(state(page.ballot))
    elif not page.ballot.is_choice:
        lines.append(f"Next: {page.ballot.options[0].pov.name} tells the next scene, at the first `/next`.")
    else:
        lines.append(_who_decides(page.ballot))
        votes = Counter[str]() if page.ballot.hides_votes else page.ballot.tally
        labels = _choices([vote_label(option.label, votes[option.id]) for option in page.ballot.options])
        lines.append(f"The ballot is open: {labels}.")
        lines += _skips(page.ballot)
        if page.ballot.closes_at:
            lines.append(f"It closes {relative(page.ballot.closes_at)}.")
    lines += [held(page.step.snag)] if page.step.snag else [last_section(page.reading, page.step)]
    return "\n".join(line for line in lines if line)


def held(snag: DeliveryFailure) -> str:
    """Say why the last page is not there, and what to do about it."""
    why = {
        DeliveryFailure.FORBIDDEN: FORBIDDEN,
        DeliveryFailure.UNREACHABLE: UNREACHABLE,
        DeliveryFailure.GONE: "Discord said that this channel was gone; `/next` tries again.",
        DeliveryFailure.REFUSED: "Discord did not take it; `/next` tries again.",
    }
    return f"**The last page could not be posted.** {why[snag]}"


def last_section(reading: Reading, step: Step) -> str:
    """Link to what was posted last."""
    return f"[The last page]({link(reading, step.message)})" if step.message else ""


def recap(page: Page, heard: Iterable[Heard]) -> list[str]:
    """Say what happened so far: a heading, and a line a section."""
    return [f"## {escape_markdown(page.story.title)}: what happened so far", *_recaps(page, heard)]


def missed(page: Page, heard: Sequence[Heard]) -> list[str]:
    """Say what happened while a member was away: a heading, and a line a section."""
    return [f"## You missed {_count(len(heard), 'section')}", *_recaps(page, heard)]


def _recaps(page: Page, heard: Iterable[Heard]) -> Iterator[str]:
    for step, scene, section in heard:
        number = number_of(page, scene.id, step)
        said = section.recap or "no recap was written for this section"
        yield f"**{number}. {linked(scene.title, page.reading, step)}**{dot()}{section.pov.name}: {said}"


def bookmarked(heard: Heard, *, kept: bool) -> str:
    """Tell a member that a section is bookmarked now, or is not any more."""
    _, scene, section = heard
    done = "Bookmarked" if kept else "No longer bookmarked"
    again = "The same again takes it off." if kept else "The same again puts it back."
    return f"{done}: **{scene.title}**, told by {section.pov.name}. {again} `/bookmarks` shows them all."


def bookmarks(found: Iterable[tuple[Reading, Heard]]) -> list[str]:
    """List a member's bookmarks: a heading, and a line each."""
    lines = [
        f"- **{linked(scene.title, reading, step)}**, told by {section.pov.name}"
        for reading, (step, scene, section) in found
    ]
    return ["## Your bookmarks here", *(lines or [NO_BOOKMARKS])]


PATH_TITLE = "Our path"
"""Heads the path where the story's title is in letters that cannot be drawn."""
PATH_HEARD = "heard"
PATH_NOT_HEARD = "not heard"


def path_title(story: Story) -> str:
    """Head the path."""
    return f"{story.title}: our path"


def path_place(page: Page, to_come: int, first: int = 1, last: int = 0) -> str:
    """Say how far the path has come, and what the picture shows of it if it does not begin with the first scene."""
    come = [f"{to_come} to come"] if to_come else []
    shown = [f"{first}–{last} shown"] if first > 1 else []
    return dot().join([scene_of(page), *come, *shown])


def path_alt(page: Page, told: Sequence[tuple[Pov, Sequence[int], Sequence[int]]]) -> str:
    """Put the picture of the path into words: for each POV the scenes heard from it, and those it tells besides.

    Where the numbers would be too long, they are counted instead.
    """
    head = (
        f"Our path through {page.story.title}, {scene_of(page)}. Each column is a scene, each row one who tells it;"
        " a line joins those whom we heard."
    )
    whole = " ".join([head, *(f"{pov.name}: {_heard(spans(yes), spans(no))}." for pov, yes, no in told)])
    if len(whole) <= MOST_ALT:
        return whole
    short = " ".join([head, *(f"{pov.name}: {_heard(_in_scenes(yes), _in_scenes(no))}." for pov, yes, no in told)])
    return short if len(short) <= MOST_ALT else short[: MOST_ALT - 1] + "…"


def _heard(yes: str, no: str) -> str:
    return ", ".join([f"heard {yes}"] * bool(yes) + [f"not heard {no}"] * bool(no))


def _in_scenes(numbers: Sequence[int]) -> str:
    return f"in {_count(len(numbers), 'scene')}" if numbers else ""


def path_caption(unlettered: Iterable[tuple[int, Pov]]) -> str:
    """Say under the picture whom its numbers stand for where a name could not be drawn."""
    names = dot().join(f"{number} {escape_markdown(pov.name)}" for number, pov in unlettered)
    return "\n".join([*([f"-# {names}"] if names else []), "-# `/path as:text` says the same in words."])


def path_head(page: Page, to_come: int) -> str:
    """Head the path as text."""
    return f"## {escape_markdown(path_title(page.story))}\n-# {path_place(page, to_come)}"


def path_line(number: int, scene: Scene | None, heard: Pov, others: Sequence[Pov]) -> str:
    """Say of one scene of the path whom we heard, and who tells it too."""
    title = scene.title if scene else "a scene that has been taken out of the story"
    also = f" (not heard: {listed(pov.name for pov in others)})" if others else ""
    return f"**{number}. {title}**{dot()}{escape_markdown(heard.name)}{also}"


def path_left_out(scenes: int) -> str:
    """Say that the path is longer than there is room for."""
    return f"-# The first {_count(scenes, 'scene')} are left out here; `/recap` goes all the way back."


def reread_head(page: Page, scene: Scene, section: Section) -> str:
    """Head a section that is read again, or for the first time if it was skipped."""
    eyes = {True: "as we heard it", False: "through other eyes", None: "which we skipped"}
    number = number_of(page, scene.id)
    parts = [
        escape_markdown(page.story.title),
        *([_scene(page.story, number)] if number else []),
        f"{section.pov.name}, {eyes[was_heard(page, scene, section)]}",
    ]
    return f"## {scene.title}\n-# {dot().join(parts)}"


def story_line(story: Story) -> str:
    """Describe a story in the list of them."""
    rating = f"{dot()}{story.rating}" if story.rating else ""
    lines = [
        f"**{escape_markdown(story.title)}** (`{story.id}`){rating}",
        f"-# {_length(story)}; told by {_told_by(story)}",
    ]
    if story.blurb:
        lines.append(story.blurb)
    return "\n".join(lines)


def library(stories: Iterable[Story]) -> list[str]:
    """List the stories on the shelf."""
    return ["## On the shelf", *map(story_line, stories), "-# Begin one with `/story start`."]


def story_info(story: Story) -> list[str]:
    """Describe a story, in lines."""
    return [
        *opening(story).splitlines(),
        f"**Length:** {_length(story)}",
        *(f"- **{escape_markdown(pov.name)}**{': ' if pov.blurb else ''}{pov.blurb}" for pov in story.povs),
        *small(story.credits),
    ]


# ---- stories that servers bring in


RENAME_WHICH = "Which POV is to have another name? With a name that is in use already, the two become one."
RENAME_TITLE = "The POV’s name"
MERGE_WHICH = "Which two are the same POV? Both are called as the one that is heard first."
COLOUR_WHICH = "Whose colour is to be another?"
MARK_WHICH = "Choose a part: what is story becomes a note and is not read out; what is a note becomes story."
DISCARDED = "Nothing was kept."
NO_ATTACHMENT = "That message has no file. Use the menu on a message with one, or `/story import`."
NOT_DOWNLOADED = "Discord did not hand the file over. Please upload it again."
COLOUR_NAMES = {
    "0072b2": "blue",
    "e69f00": "orange",
    "009e73": "green",
    "cc79a7": "pink",
    "56b4e9": "sky blue",
    "d55e00": "vermilion",
    "f0e442": "yellow",
    "999999": "grey",
}


def preview(story: Story, draft: Draft | None) -> list[str]:
    """Show a story before it is kept, in lines; `draft` is what it was made of, with its notes and warnings."""
    notes = [part for part in draft.parts if part.is_note] if draft else []
    warnings = draft.warnings if draft else ()
    told = Counter(section.pov.name for section in story.sections())
    return [
        "## Is this your story?",
        f"**{escape_markdown(story.title)}**, by {listed(story.authors)}",
        *([f"**Rating:** {escape_markdown(story.rating)}"] if story.rating else []),
        f"**Length:** {_length(story)}",
        "**Told by:** " + ", ".join(f"{escape_markdown(name)} ({_count(n, 'section')})" for name, n in told.items()),
        *(f"-# Warning{_in_line(each.line)}: {escape_markdown(each.what)}" for each in warnings),
        *(f"-# A note, not read out{_in_line(part.line)}: {quoted(part.text)}" for part in notes),
        "**Scenes:**",
        *scenes_in_short(story),
        "-# Nothing is kept before you press **Keep it**. It will belong to this server alone.",
    ]


def _in_line(line: int) -> str:
    return f" (line {line})" if line else ""


def part_label(part: Part) -> str:
    """Label a part of a manuscript: whether it is a note or story, whose, and how it begins."""
    whose = "Note" if part.is_note else f"Story, {part.pov or 'narrator'}"
    return f"{whose}: {' '.join(part.text[:200].split())}"


def colour_of(pov: Pov) -> str:
    """Ask for a POV's colour."""
    return f"Which colour is {escape_markdown(pov.name)} to have?"


def too_large(size: int, most: int) -> str:
    """Say that a file is larger than what is read; sizes are in bytes."""
    return f"The file is too large: {_kib(size)} KiB. At most {_kib(most)} KiB are read."


def _kib(size: int) -> str:
    return f"{-(-size // 1024):,}"


def broken(mistakes: Sequence[Mistake]) -> str:
    """Say why a file is no story: the first of its mistakes, each with its line."""
    more = len(mistakes) - MOST_MISTAKES
    return "\n".join(
        [
            "I cannot read this as a story, so nothing was kept.",
            *(
                f"- {inner_file(each)}Line {each.line}: {escape_markdown(each.what)}"
                for each in mistakes[:MOST_MISTAKES]
            ),
            *([f"- and {more:,} more"] if more > 0 else []),
        ]
    )


def story_kept(story: Story) -> str:
    """Confirm that a story is kept."""
    return f"**{escape_markdown(story.title)}** is on your shelf. `/story start` begins it."


def confirm_remove(story: Story, channels: Sequence[int]) -> str:
    """Ask before a story is removed; its readings in these channels would end."""
    ends = f" It is being read in {', '.join(f'<#{each}>' for each in channels[:MOST_CHANNELS])}" if channels else ""
    more = f" and {len(channels) - MOST_CHANNELS} more" if len(channels) > MOST_CHANNELS else ""
    then = f"{more}; that ends." if channels else " Nobody is reading it."
    return (
        f"Remove **{escape_markdown(story.title)}**?{ends}{then} What was posted stays; the story itself is deleted and"
        " cannot be brought back but from a file (`/story export`)."
    )


def story_removed(story: Story) -> str:
    """Confirm that a story is removed."""
    return f"**{escape_markdown(story.title)}** is removed."


def exported(story: Story) -> str:
    """Hand a story over as a file."""
    return f"**{escape_markdown(story.title)}** as Markdown. `/story import` brings it in again."


def started_there(turn_link: str, title: str, channel: int) -> str:
    """Tell who began a story in another channel that it has begun."""
    return f"**{escape_markdown(title)}** has begun in <#{channel}>: [the first page]({turn_link})"


def confirm_restart(page: Page) -> str:
    """Ask before a story is begun again."""
    return (
        f"Begin **{escape_markdown(page.story.title)}** again ({scene_of(page)})? Nothing that was posted is deleted,"
        " but the reading goes back to the first scene."
    )


def confirm_stop(page: Page) -> str:
    """Ask before a reading is ended."""
    return (
        f"End the reading of **{escape_markdown(page.story.title)}** here ({scene_of(page)})? Nothing that was posted"
        " is deleted, but it cannot be taken up again."
    )


UP_TO_DATE = "You have missed nothing: you were here for the last section."
NO_BOOKMARKS = "None yet. `/bookmark` keeps the last section, and so does the menu of a message, under Apps."
FORGOTTEN = "Done: I have forgotten you. Votes that are decided stay in the counts, as nobody's."
CONFIRM_FORGET_SERVER = (
    "Forget everything of this server? Its readings, votes and bookmarks are deleted at once and cannot be brought"
    " back. What was posted stays in its channels."
)
SERVER_FORGOTTEN = "Done: I have forgotten this server. `/next` begins anew."
NEEDS_MANAGE_SERVER = "Only members who may manage the server can do that."
CONFIRM_STOP_GONE = "End the reading here? Its story is not on the shelf any more."
STOPPED = "The reading has ended. What was posted stays."
KEPT = "Nothing has changed. Read on."


INTRODUCTION = (
    "Type `/next` and the story begins here. Under each section, vote for whose eyes the next one is seen through, or"
    f" press **{NEXT_LABEL}** if you do not mind. When everyone has answered, or the time is up, the page turns."
)


HELP_GROUPS = {
    "Read on": {
        "/next": NEXT,
        "/pov": POV,
        "/back": BACK,
        "/restart": RESTART,
    },
    "Look back": {
        "/where": WHERE,
        "/recap": RECAP,
        "/path": PATH,
        "/reread": REREAD,
        "/transcript": TRANSCRIPT,
        "/catchup": CATCHUP,
        "/bookmark": BOOKMARK,
        "/bookmarks": BOOKMARKS,
    },
    "Read together": {
        "/session start": SESSION_START,
        "/session stop": SESSION_STOP,
        "/session pause": SESSION_PAUSE,
        "/session resume": SESSION_RESUME,
        "/session readers": SESSION_READERS,
        "/session host": SESSION_HOST,
        "/session schedule": SESSION_SCHEDULE,
        "/session calendar": SESSION_CALENDAR,
        "/session move": SESSION_MOVE,
        "/session cancel": SESSION_CANCEL,
        "/serial": SERIAL,
    },
    "Stories": {
        "/story list": STORY_LIST,
        "/story info": STORY_INFO,
        "/story start": STORY_START,
        "/story stop": STORY_STOP,
        "/story import": STORY_IMPORT,
        "/story remove": STORY_REMOVE,
        "/story export": STORY_EXPORT,
    },
    "About me": {
        "/about": ABOUT,
        "/privacy": PRIVACY,
        "/forget me": FORGET_ME,
        "/forget server": FORGET_SERVER,
    },
    "This server": {
        "/settings": SETTINGS,
    },
}
"""The commands, by what they are for."""


def help_text() -> str:
    """Say what one can do."""
    lines = ["## Reading a story together", INTRODUCTION]
    for group, commands in HELP_GROUPS.items():
        lines += [f"**{group}**", *(f"- `{name}`: {what}" for name, what in commands.items())]
    restricted = "`/back`, `/restart`, `/serial` and `/story stop`"
    return "\n".join([*lines, f"-# {restricted} are for whoever began the reading and for moderators."])


PRIVACY_TEXT = """\
## What I keep, and why
Discord's numbers, no names and no messages, and the stories that you bring in:
- **which channel reads which story, and each step of it**: so that you can go on where you stopped; with who began \
the reading, since they may undo it, and whose press turned a page;
- **what you pressed under a section**: to count votes, to know whom to wait for, and how far you have read;
- **how far you have caught up, your bookmarks, and dates you set**: because you asked for them;
- **who is in a session, and when they last pressed something**: to wait for who is there; it is deleted when it ends;
- **stories that you bring in**: to read them here; `/story remove` deletes them.
I see commands and buttons meant for me, and nothing else that is written here.
`/forget me` deletes what is yours at once; decided votes stay in the counts as nobody's. `/forget server`, for \
members who may manage the server, deletes everything of it, its settings too. A server that removes me is forgotten \
after 30 days."""


def about(stories: Sequence[Story]) -> str:
    """Say who made this."""
    credit = "\n".join(
        line
        for story in stories[:MOST_CREDITS]
        for line in (f"- **{escape_markdown(story.title)}**, by {listed(story.authors)}", *small(story.credits))
    )
    return "\n".join(
        [
            f"## {NAME} {__version__}",
            "Tells a story in a channel, one section at a time; you choose through whose eyes.",
            "Free software under the MIT licence; whoever runs this copy can give you its source.",
            "Made with discord.py, aiosqlite, markdown-it-py and Pillow; pictures are lettered in FiraGO.",
            f"**On the shelf:**\n{credit}",
            "-# `/story info` has the credits of each story.",
        ]
    )


# ---- the rehearsal

REHEARSAL_TOPIC = "A pretend server on your own machine"
REHEARSAL = (
    "## Welcome to the rehearsal\n"
    "This is a pretend Discord server on your own machine, with the real bot in it.\n"
    "1. Type `/next` in the box below and send it: the story begins.\n"
    "2. Vote with the buttons, and choose another member under **Viewing as** to vote as somebody else.\n"
    "3. Type `/` to see everything else that I can do."
)

# ---- refusals and errors

OLD_BUTTON = "This button is from an older version of me. `/where` shows the page that we are on."
NOT_IN_A_SERVER = "That is for a server: use it in one of its channels. Here I read to you alone, with `/next`."
CHANNEL_GONE = "That channel does not exist any more, or I cannot see it. Choose another one."
FORBIDDEN = (
    "I am not allowed to post there any more. Please allow me to view the channel, to send messages and to read the"
    " message history; then `/next` goes on."
)
NOT_KEPT = (
    "I cannot write anything down just now, so nothing has changed. Please tell my operator: the disk may be full, and"
    " the log says more."
)
UNREACHABLE = "Discord could not be reached just now. I try again by myself; `/next` has me try at once."
NOT_YOUR_CHANNEL = "You cannot write in that channel, so you cannot begin a story there."
JUST_BEGUN = "Somebody has just begun the story here: look above."
CHANNEL_DELETED = "What was read here was in a channel that has been deleted. `/next` begins anew in this one."


def unexpected(error_id: str) -> str:
    """Apologise for an error that nobody foresaw."""
    return f"That went wrong, and it is my fault. Please try again; if it stays, tell my operator this: `{error_id}`"


def missing_permissions(channel: int, names: Iterable[str]) -> str:
    """Say what I may not do in a channel, and that it has to be allowed first."""
    wanted = ", ".join(f"**{name.replace('_', ' ').title()}**" for name in names)
    return f"I cannot read in <#{channel}> yet. Please allow me there: {wanted}."


def refusal(error: errors.Refusal) -> str:  # noqa: C901, PLR0911, PLR0912 - a table: one plain line for each refusal
    """Put a refusal into words: what is the matter, and what to do about it."""
    match error:
        case errors.UnknownStory(asked=asked):
            return f"There is no story called “{quoted(asked)}” on the shelf. `/story list` shows what there is."
        case errors.NotOwnStory(title=title):
            return f"“{quoted(title)}” is on everybody’s shelf; only stories that you brought in can be removed."
        case errors.DraftGone():
            return "This preview is too old. Please import it again: `/story import`."
        case errors.LibraryFull(most=most):
            return f"There are {most} stories of your own already; `/story remove` makes room."
        case errors.UnknownPov(asked=asked, names=names):
            return f"“{quoted(asked)}” cannot be chosen here. Choose one of: {_choices(names)}."
        case errors.UnknownScene(asked=asked):
            return f"We have not read a scene called “{quoted(asked)}”. Choose one from the list."
        case errors.NotASection():
            return "That is not a section of what is being read here. `/where` links to the last one."
        case errors.NothingRead():
            return "No section has been read yet. `/next` reads the first one."
        case errors.NoReading(elsewhere=()):
            return "Nothing is being read here. `/next` begins a story."
        case errors.NoReading(elsewhere=channels):
            places = ", ".join(f"<#{channel}>" for channel in channels)
            return f"The reading is in {places}. Go on there, or begin another one here with `/story start`."
        case errors.ReadingOver():
            return "This reading has ended. `/next` begins a new one."
        case errors.ChannelTaken(channel=channel, title=title):
            return f"**{escape_markdown(title)}** is being read in <#{channel}> already. `/story stop` ends it first."
        case errors.PageTurned(message=None):
            return "The page has been turned already."
        case errors.PageTurned():
            return "The page has been turned already. The new one is further down; `/where` links to it."
        case errors.TheEnd():
            return "That was the end of the story. `/restart` begins it again, `/reread` shows it through other eyes."
        case errors.PlaceGone(title=title):
            return (
                f"**{escape_markdown(title)}** was edited, and the scene we were at is not in it any more."
                " `/back` goes to the one before, `/restart` begins again."
            )
        case errors.StoryGone(story=story):
            return f"The story `{quoted(story)}` is not on the shelf any more. `/story stop` ends the reading."
        case errors.NoDate():
            return "No date is set in this channel. `/session schedule` sets one."
        case errors.DateExists():
            return "A date is set in this channel already. `/session move` moves it, `/session cancel` cancels it."
        case errors.NoSerial():
            return "What is read here is no serial. `/serial` makes it one."
        case errors.UnreadableTime(asked=asked, lacks_time=True):
            return f"“{quoted(asked)}” is a day without a time. Write both, such as “friday 8pm”."
        case errors.UnreadableTime(asked=asked):
            return (
                f"I cannot read “{quoted(asked)}” as a time. Write one such as “friday 8pm”, “tomorrow at 19:30”,"
                " “25 dec 20:00” or “in 2 hours”."
            )
        case errors.UnreadableClock(asked=asked):
            return f"I cannot read “{quoted(asked)}” as a time of day. Write one such as “19:30”, “7pm” or “noon”."
        case errors.TimeInThePast(asked=asked, when=when):
            return f"“{quoted(asked)}” was {relative(when)}. Choose a time that is still to come."
        case errors.UnknownZone(asked=asked):
            return (
                f"I know no time zone “{quoted(asked)}”. Write a large city near you, such as “Berlin” or “New York”,"
                " and choose from the list."
            )
        case errors.NoSession():
            return "No session is held here. `/session start` opens one."
        case errors.SessionHeld():
            return "A session is held here already. `/session readers` shows who is in it."
        case errors.SessionBegun():
            return "The session has begun already."
        case errors.NotInSession(yourself=True):
            return "You are not in the session."
        case errors.NotInSession():
            return "That member is not in the session."
        case errors.NotYourChoice(chooser=member, chosen=chosen):
            return (
                f"{_who(member)} was first, and has chosen."
                if chosen
                else f"{_who(member)} chooses this time. You can press **{NEXT_LABEL}** when you are ready to go on."
            )
        case errors.NotATurner(host=None, role=None):
            return "Pages turn for the readers of a session: press **Join** on its card; `/session start` opens one."
        case errors.NotATurner(host=None, role=role):
            return f"Only members with <@&{role}> turn the page here. Your vote counts all the same."
        case errors.NotATurner(host=member):
            return f"Only {_who(member)}, the host, turns the page here. Your vote counts all the same."
        case errors.NotHost(host=member):
            return f"Only {_who(member)}, the host, and members who may manage messages can do that."
        case errors.NotYours(started_by=member):
            return f"Only who began it ({_who(member)}) and members who may manage messages can do that."
        case _:
            return "That cannot be done now."


# ---- pieces


def _who(member: int | None) -> str:
    """Name a member, or, if they have been forgotten, nobody in particular."""
    return mention(member, "somebody")


def _choices(names: Sequence[str]) -> str:
    """Name what there is to choose from, up to as many as an answer has room for."""
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return listed(map(shortened, names[:MOST_NAMES])) + more


def _answered(ballot: Ballot) -> str:
    return f"{ballot.answered} of {len(ballot.present)} have answered"


def _length(story: Story) -> str:
    scenes, sections, words, minutes = size(story)
    return (
        f"{_count(scenes, 'scene')}, {_count(sections, 'section')}; a way through is about"
        f" {_count(words, 'word')}, {_count(minutes, 'minute')}"
    )


def _told_by(story: Story) -> str:
    """Name the POVs of a story, up to as many as an opening card has room for."""
    names = [pov.name for pov in story.povs]
    return listed(names) if len(names) <= MOST_NAMES else f"{listed(names[:MOST_NAMES])} and others"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
