"""Every text that a member reads, in German, with the same names as in English.

It is how one of a group of friends would say it: "du" and "ihr". "Stimme" is a vote and nothing else, so whoever tells
a scene has a "Sicht".
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
from story.rules.ballot import Ballot
from story.rules.delivery import Delivery, DeliveryFailure, DeliveryKind
from story.rules.page import Ended, Heard, Lobby, Page
from story.rules.presses import Press
from story.rules.serial import Serial
from story.rules.session import Attendance
from story.rules.session_date import SessionDate
from story.rules.settings import Decide, Order, Settings, Turner
from story.rules.steps import How, Kind, Reading, Step
from story.services.library import Title
from story.times.phrases import Repeat

# ---- commands, as Discord lists them (descriptions: 100 characters at most)

NEXT = "Weiterlesen: postet den nächsten Abschnitt oder merkt sich, dass du so weit bist"
POV = "Aus wessen Sicht geht es weiter, oder wohin? Zeigt die Abstimmung oder gibt deine Stimme ab"
POV_WHO = "Wer die nächste Szene erzählen soll, oder welchen Weg wir nehmen"
WHERE = "Wo wir sind: die Szene, wer schon erzählt hat und was gerade offen ist"
RECAP = "Was bisher geschah, ein Satz pro Abschnitt (nur du siehst es)"
PATH = "Unser Weg bis hierher, als Bild oder als Text (nur du siehst es)"
PATH_AS = "Ein Bild, wenn du das weglässt"
PATH_AS_PICTURE = "Bild"
PATH_AS_TEXT = "Text"
REREAD = "Eine gelesene Szene noch einmal, aus einer Sicht deiner Wahl (nur du siehst es)"
REREAD_SCENE = "Welche Szene; die letzte, wenn du das weglässt"
REREAD_POV = "Aus wessen Sicht; so wie wir sie gelesen haben, wenn du das weglässt"
BACK = "Den letzten Abschnitt zurücknehmen und noch einmal abstimmen"
RESTART = "Die Geschichte von vorn beginnen (ich frage vorher nach)"
STORY = "Die Geschichten im Regal"
STORY_LIST = "Was es zu lesen gibt"
STORY_INFO = "Mehr über eine Geschichte"
STORY_START = "Eine Geschichte beginnen, hier oder in einem anderen Kanal"
STORY_STOP = "Die Lesung hier beenden (ich frage vorher nach)"
STORY_WHICH = "Welche Geschichte"
STORY_CHANNEL = "Wo gelesen wird; hier, wenn du das weglässt"
STORY_IMPORT = "Eine Geschichte mitbringen: Manuskript, Markdown, HTML, EPUB oder Twee; erst ansehen, dann behalten"
STORY_FILE = "Eine Datei mit .md, .txt, .html, .epub oder .twee am Ende"
STORY_REMOVE = "Eine mitgebrachte Geschichte entfernen (ich frage vorher nach)"
STORY_OWN = "Welche der mitgebrachten Geschichten"
STORY_EXPORT = "Eine Geschichte als Datei in Markdown (nur für dich)"
IMPORT_MENU = "Als Geschichte mitbringen"
TRANSCRIPT = "Was wir hier gehört haben, mit jeder Abstimmung, als Datei zum Behalten (nur für dich)"
TRANSCRIPT_AS = "Welche Art Datei; Markdown, wenn du das weglässt"
CATCHUP = "Was du verpasst hast, seit du zuletzt hier warst (nur du siehst es)"
BOOKMARK = "Lesezeichen in den letzten Abschnitt legen oder herausnehmen (nur du siehst es)"
BOOKMARK_MENU = "Lesezeichen setzen"
BOOKMARKS = "Deine Lesezeichen auf diesem Server (nur du siehst sie)"
PRIVACY = "Was ich speichere und warum"
FORGET = "Mich etwas vergessen lassen"
FORGET_ME = "Sofort löschen, was ich von dir habe; entschiedene Stimmen bleiben mitgezählt"
FORGET_SERVER = "Alles löschen, was ich von diesem Server habe (ich frage vorher nach)"
SESSION = "Zusammen lesen, zu einer festen Zeit"
SESSION_START = "Hier die Lobby für eine Leserunde öffnen"
SESSION_STOP = "Die Leserunde beenden; mit /next könnt ihr danach weiterlesen"
SESSION_PAUSE = "Pause machen: umgeblättert wird erst, wenn die Leserunde weitergeht"
SESSION_RESUME = "Nach einer Pause weitermachen"
SESSION_READERS = "Wer in der Leserunde ist und wer so weit ist (nur du siehst es)"
SESSION_HOST = "Das Hosten an ein anderes Mitglied abgeben"
SESSION_HOST_WHO = "Ein Mitglied, das in der Leserunde ist"
SESSION_SCHEDULE = "Einen Termin festlegen: Erinnerung und Lobby kommen dann von selbst"
SESSION_WHEN = "Wann, zum Beispiel 25.12. 20:00, oder auf Englisch: friday 8pm, tomorrow at 19:30"
SESSION_ZONE = "Nach welcher Zeitzone oder Stadt; nach der des Servers, wenn du das weglässt"
SESSION_REPEAT = "Ob sich der Termin wiederholt"
SESSION_PING = "Eine Rolle, die mit der Erinnerung gepingt wird"
SESSION_CALENDAR = "Die Termine auf diesem Server (nur du siehst sie)"
SESSION_CANCEL = "Den Termin in diesem Kanal absagen, samt allen Wiederholungen"
SESSION_CANCEL_WHICH = "Welcher Termin (sonst: der dieses Kanals)"
NO_SUCH_DATE = "Diesen Termin kenne ich nicht. Nimm einen aus der Liste."
LOBBY_CLOSED = "Die Lobby ist geschlossen."
SESSION_MOVE = "Den Termin in diesem Kanal verschieben, samt allen Wiederholungen"
SERIAL = "Abschnitte von selbst kommen lassen: täglich, montags bis freitags oder wöchentlich"
SERIAL_EVERY = "Wie oft; mit off ist Schluss"
SERIAL_AT = "Um wie viel Uhr, zum Beispiel 19:30"
SERIAL_ZONE = "Nach welcher Zeitzone oder Stadt; nach der des Servers, wenn du das weglässt"
SETTINGS = "Wie hier gelesen wird: wer entscheidet, wer umblättert, Zeitzone und mehr"
HELP = "Was du hier machen kannst"
ABOUT = "Wer das gemacht hat und welche Version es ist"

# ---- buttons (labels: 80 characters at most, 34 read well)

NEXT_LABEL = "Weiter"
AGAIN_LABEL = "Noch einmal lesen"
EYES_LABEL = "Aus anderer Sicht lesen"
BEGIN_AGAIN_LABEL = "Von vorn beginnen"
KEEP_READING_LABEL = "Weiterlesen"
STOP_LABEL = "Lesung beenden"
EARLIER_SCENE_LABEL = "Szene davor"
LATER_SCENE_LABEL = "Szene danach"
READ_ON_LABEL = "Weiterlesen"
EARLIER_PAGE_LABEL = "Seite davor"
LATER_PAGE_LABEL = "Seite danach"
READ_WHOLE_LABEL = "Ganz nachlesen"
NEXT_SECTION_LABEL = "Nächster Abschnitt"
DONE_LABEL = "Fertig gelesen"
JOIN_LABEL = "Mitlesen"
LEAVE_LABEL = "Aussteigen"
BEGIN_LABEL = "Los geht’s"
MISSED_LABEL = "Was habe ich verpasst?"
FORGET_SERVER_LABEL = "Diesen Server vergessen"
KEEP_STORY_LABEL = "Behalten"
DISCARD_LABEL = "Verwerfen"
RENAME_POV_LABEL = "Perspektive umbenennen"
MERGE_POVS_LABEL = "Zwei Perspektiven zusammenlegen"
COLOURS_LABEL = "Farben"
MARK_PART_LABEL = "Einen Teil markieren"
REMOVE_LABEL = "Geschichte entfernen"
SETTING_PLACEHOLDER = "Ändern …"
VALUE_PLACEHOLDER = "Auswählen …"
CHANNEL_PLACEHOLDER = "Kanal auswählen …"
ROLE_PLACEHOLDER = "Rolle, deren Mitglieder umblättern …"
BACK_LABEL = "Zurück"
RESET_LABEL = "Zurücksetzen"
RESET_ALL_LABEL = "Alles zurücksetzen"
THIS_READING_LABEL = "Nur für diese Lesung"
WHOLE_SERVER_LABEL = "Für den ganzen Server"
TYPE_IT_LABEL = "Eintippen"


def vote_label(label: str, votes: int) -> str:
    """Label an option's button: what it is called, and its votes if it has any."""
    if not votes:
        return shortened(label)
    counted = f", {_votes(votes)}" if current_locale().plain else f" · {votes}"
    return shortened(label, MOST_LABEL - len(counted)) + counted


# ---- a page


def opening(story: Story) -> str:
    """Introduce a story before its first section."""
    lines = [f"# {escape_markdown(story.title)}", f"-# von {listed(story.authors)}"]
    if story.blurb:
        lines.append(story.blurb)
    if story.rating:
        lines.append(f"**Altersfreigabe:** {story.rating}")
    if story.content_notes:
        lines.append(f"**Inhaltshinweise:** {', '.join(story.content_notes)}")
    lines.append(f"**Erzählt von:** {_told_by(story)}")
    return "\n".join(lines)


def section_head(page: Page, scene: Scene, section: Section, part: int, parts: int) -> str:
    """Head a section, or a part of one."""
    small_print = "-# " + dot().join([escape_markdown(page.story.title), scene_of(page), section.pov.name])
    if part == 1:
        return f"## {scene.title}\n{small_print}" + (f"{dot()}Teil 1 von {parts}" if parts > 1 else "")
    return f"{small_print}{dot()}Teil {part} von {parts}"


def section_gone() -> str:
    """Stand in for a section that is not in the story any more."""
    return "*Diesen Abschnitt gibt es in der Geschichte nicht mehr.*"


def scene_of(page: Page) -> str:
    """Say how far the path has come."""
    number = reached(page)
    return _scene(page.story, number) if number else f"vor {_scene(page.story, 1)}"


def _scene(story: Story, number: int) -> str:
    """Name a scene by its number, of how many only where that is how many there will be."""
    return f"Szene {number} von {len(story.scenes)}" if story.is_line else f"Szene {number}"


def progress(page: Page) -> str:
    """Draw how far the path has come, the number beside it."""
    return f"-# {bar(page)}{scene_of(page)}"


def taken_back(page: Page) -> str:
    """Tell the channel that the last section has been undone."""
    return f"**Der letzte Abschnitt ist zurückgenommen**, {_by(page.step.by)}. Wir sind wieder hier: {scene_of(page)}."


def begun(page: Page) -> str:
    """Invite to the first vote of a story whose first scene has several POVs."""
    return f"**{escape_markdown(page.story.title)}** fängt gleich an."


MOVED = "-# Die Geschichte geht weiter unten weiter."
LOBBY_MOVED = "-# Die Leserunde geht weiter unten weiter."


QUESTION = "**Aus wessen Sicht geht es weiter?**"
WHERE_NEXT = "**Wohin geht es weiter?**"


def question(ballot: Ballot) -> str:
    """Ask for the votes, and say what has been answered and until when there is time."""
    heading = [WHERE_NEXT if ballot.is_branch else QUESTION] if ballot.is_choice else []
    return "\n".join([*heading, f"-# {state(ballot)}", *_nudge(ballot), *_skips(ballot)])


def state(ballot: Ballot) -> str:
    """Say in a line or two who decides, what has been answered, and when the page turns."""
    return f"{_who_decides(ballot)} {_when_it_turns(ballot)}"


def _who_decides(ballot: Ballot) -> str:
    if not ballot.is_choice:
        return f"{ballot.options[0].pov.name} erzählt die nächste Szene."
    name = name_chosen(ballot)
    who = mention(ballot.chooser, "Jemand")
    match ballot.decided_by:
        case Decide.FIRST:
            return f"{who} war am schnellsten: {name}." if name else "Wer zuerst drückt, entscheidet."
        case Decide.HOST:
            return f"{who} hat als Host gewählt: {name}." if name else f"{who} entscheidet als Host."
        case Decide.TURNS:
            return f"{who} war an der Reihe: {name}." if name else f"{who} ist mit Wählen an der Reihe."
        case _:
            return _vote_decides(ballot)


def _vote_decides(ballot: Ballot) -> str:
    if ballot.hides_votes:
        return f"Die meisten Stimmen entscheiden; zu sehen sind sie am Schluss (bisher {_votes(ballot.tally.total())})."
    return "Die meisten Stimmen entscheiden."


def _when_it_turns(ballot: Ballot) -> str:  # noqa: PLR0911 - a table
    if ballot.attendance:
        return _state_of_session(ballot, ballot.attendance)
    if ballot.serial:
        return f"Der nächste Abschnitt kommt {relative(ballot.closes_at) if ballot.closes_at else 'bald'}."
    if ballot.waits_for_session:
        return "Umgeblättert wird in einer Leserunde: `/session start` öffnet eine."
    if ballot.led:
        return f"Umgeblättert wird, wenn {_leaders(ballot)} auf **{NEXT_LABEL}** drückt."
    if not ballot.is_choice:
        return f"Drückt auf **{NEXT_LABEL}**, wenn ihr so weit seid."
    if ballot.closes_at is None and ballot.is_branch:
        return f"Drückt auf einen Weg, oder auf **{NEXT_LABEL}**, wenn euch gleich ist, wohin es geht."
    if ballot.closes_at is None:
        return f"Drückt auf einen Namen, oder auf **{NEXT_LABEL}**, wenn euch gleich ist, wer erzählt."
    return f"Schluss ist {relative(ballot.closes_at)}, {_what_it_waits_for(ballot)}."


def _what_it_waits_for(ballot: Ballot) -> str:
    if ballot.decided_by is not Decide.VOTE:
        return "ob jemand gewählt hat oder nicht"
    if ballot.answered < ballot.settings.quorum:
        again = f"; die Uhr wurde {_times(ballot.restarts)} neu gestartet" if ballot.restarts else ""
        return f"{_answered(ballot.answered, f'mindestens {ballot.settings.quorum}')}{again}"
    if ballot.wants_next and ballot.settings.early:
        return f"oder sobald hier jemand auf **{NEXT_LABEL}** drückt"
    return _answered(ballot.answered, str(ballot.present))


def _answered(number: int, of: str) -> str:
    return f"bisher {'hat' if number == 1 else 'haben'} {number} von {of} geantwortet"


def _leaders(ballot: Ballot) -> str:
    """Name who turns the page where not everybody does."""
    if ballot.settings.turner is Turner.ROLE:
        return f"jemand mit <@&{ballot.settings.role}>" if ballot.settings.role else "jemand aus der Moderation"
    return mention(ballot.led_by, "jemand")


def _times(number: int) -> str:
    return "einmal" if number == 1 else "zweimal"


def _state_of_session(ballot: Ballot, attendance: Attendance) -> str:
    read = f"Fertig gelesen: {len(ballot.have_read)} von {len(attendance.present)}."
    away = f" Gerade nicht da: {len(attendance.away)}." if attendance.away else ""
    if attendance.session.paused:
        then = "Die Leserunde macht Pause."
    elif ballot.turns_at:
        then = f"Alle sind so weit: umgeblättert wird {relative(ballot.turns_at)}."
    else:
        leaders = _leaders(ballot) if ballot.led else mention(attendance.host, "jemand")
        all_ready = "" if ballot.led else "alle gelesen und abgestimmt haben oder wenn "
        then = f"Umgeblättert wird, wenn {all_ready}{leaders} auf **{NEXT_LABEL}** drückt."
    return f"{read}{away} {then}"


def _nudge(ballot: Ballot) -> list[str]:
    """Remind the voters of the voice that they have not heard for longest, if there is one."""
    return [f"-# Am längsten nicht gehört: {ballot.longest_unheard.name}."] if ballot.longest_unheard else []


def _skips(ballot: Ballot) -> list[str]:
    """Say what would be skipped on the way to an option."""
    skips = ", ".join(f"{_count(each.skipped, 'Szene', 'Szenen')} bis {each.label}" for each in skipping(ballot))
    return [f"-# Übersprungen würden: {skips}; `/reread` hat sie danach."] if skips else []


def outcome(page: Page, step: Step) -> str:
    """Say which step closed the ballot of a page, in the place where its question stood."""
    return f"-# {_outcome(page, step)}"


def _outcome(page: Page, step: Step) -> str:  # noqa: PLR0911 - a table
    name, pov = name_taken(page, step), name_of(page.story, step.pov)
    match step.kind, step.how:
        case Kind.BACK, _:
            return f"Zurückgenommen {_by(step.by)}."
        case Kind.STOP, _:
            return f"Die Lesung wurde {_by(step.by)} beendet." if step.by else "Die Lesung ist zu Ende."
        case Kind.RESTART, _:
            return f"Neu begonnen {_by(step.by)}."
        case _, How.VOTES if step.chooser:
            return f"Gewählt {_by(step.chooser)}: {name}."
        case _, How.VOTES:
            return f"Entschieden: {name}, mit {step.votes} von {_votes(step.cast)}."
        case _, How.HEARD_LEAST:
            return f"{_tie(step)}: {name}{',' if name == pov else f'; {pov} wurde'} bisher am seltensten gehört."
        case _, How.ORDER:
            return f"{_tie(step)}: {name}, in der Reihenfolge der Geschichte zuerst."
        case _:
            return f"Weiter zur nächsten Szene: {name}."


def vote_told(page: Page, step: Step) -> str:
    """Say for a file how it came that a POV told a section; nothing where there was no choice. Names no member."""
    if step.how in {None, How.ONLY}:
        return ""
    return f"Ausgesucht: {name_taken(page, step)}." if step.chooser and step.how is How.VOTES else _outcome(page, step)


def byline(story: Story) -> str:
    """Say in a file who wrote a story."""
    return f"von {', '.join(story.authors)}"


def transcript_of(page: Page, sections: int) -> str:
    """Hand over a file with what was heard."""
    told = _count(sections, "Abschnitt", "Abschnitte")
    return f"**{escape_markdown(page.story.title)}**: {told}, so wie wir gehört haben."


def _tie(step: Step) -> str:
    return "Entschieden bei Gleichstand" if step.cast else "Entschieden ohne Stimmen"


def closing(page: Page, heard: int) -> str:
    """Close a story: its credits, how much of it was heard, the path taken."""
    story = page.story
    _, sections, _, _ = size(story)
    then = ", dann " if current_locale().plain else " → "
    lines = [
        f"# Ende: {escape_markdown(story.title)}",
        f"-# von {listed(story.authors)}",
        f"Gehört haben wir **{heard} von {_count(sections, 'Abschnitt', 'Abschnitten')}**.",
        f"**Unser Weg:** {path_told(page, then)}",
    ]
    return "\n".join([*lines, *small(story.credits)])


# ---- sessions


def lobby(shown: Lobby) -> str:
    """Describe a session: what it reads, where that stands, who is in."""
    session, page = shown.session, shown.page
    lines = ["## Zusammen lesen"]
    if page:
        lines.append(f"**{escape_markdown(page.story.title)}**, {scene_of(page)}")
    begins = f"beginnt, wenn {mention(shown.host, 'jemand')} auf **{BEGIN_LABEL}** drückt"
    state = "ist vorbei" if session.ended_at else "läuft" if session.began_at else begins
    lines.append(f"Die Leserunde {state}.")
    members = [reader.member for reader in session.readers]
    lines.append(f"**Dabei ({len(members)}):** {_mentions(members)}")
    lines.append("-# Ihr könnt jederzeit dazukommen. Auch wer unter einem Abschnitt etwas drückt, ist dabei.")
    return "\n".join(lines)


def _mentions(members: Sequence[int]) -> str:
    """Name members, up to as many as a card has room for."""
    more = f" und {len(members) - MOST_READERS} mehr" if len(members) > MOST_READERS else ""
    return (mentions(members) or "noch niemand") + more


def readers(shown: Lobby) -> str:
    """Say who of a session is there, who has read, and who is waited for."""
    ballot = shown.page.ballot if shown.page else None
    attendance = ballot.attendance if ballot else None
    if ballot is None or attendance is None:
        return lobby(shown)
    lines = ["## Wer da ist"]
    all_away, all_waited_for, all_read = attendance.away, ballot.waited_for, ballot.have_read
    for reader in shown.session.readers[:MOST_READERS]:
        away = reader.member in all_away
        waited_for, read = reader.member in all_waited_for, reader.member in all_read
        unready = "hat gelesen, aber noch nicht abgestimmt" if read else "liest noch"
        state = "gerade nicht da" if away else unready if waited_for else "so weit"
        host = ", Host" if reader.member == attendance.host else ""
        lines.append(f"- <@{reader.member}>: {state}{host}")
    if len(shown.session.readers) > MOST_READERS:
        lines.append(f"- und {len(shown.session.readers) - MOST_READERS} mehr")
    return "\n".join(lines)


def session_ended(ended: Ended, session_date: SessionDate | None) -> str:
    """Close a session: what was read, for how long, which voices won, who was there, and the next date."""
    minutes = max(1, round(ended.length.total_seconds() / 60))
    lines = ["## Die Leserunde ist vorbei"]
    if ended.page:
        lines.append(f"**{escape_markdown(ended.page.story.title)}**, jetzt {scene_of(ended.page)}")
    if ended.heard:
        titles = [f"{scene.title} ({section.pov.name})" for _, scene, section in ended.heard]
        more = f" und {len(titles) - MOST_TITLES} davor" if len(titles) > MOST_TITLES else ""
        time = _count(minutes, "Minute", "Minuten")
        lines.append(f"**In {time} gelesen:** {', '.join(titles[-MOST_TITLES:])}{more}")
    if ended.won:
        won = ", ".join(f"{escape_markdown(name)} {n}" for name, n in ended.won.most_common())
        lines.append(f"**Abstimmungen gewonnen:** {won}")
    lines.append(f"**Mit dabei:** {_mentions(ended.there)}")
    if session_date:
        lines.append(next_date(session_date))
    if ended.page is None or not ended.page.at_end:
        lines.append("-# Mit `/next` könnt ihr jederzeit weiterlesen.")
    return "\n".join(lines)


def new_host(host: int) -> str:
    """Tell the channel who is host now."""
    return f"{mention(host, 'Jemand')} leitet die Runde jetzt."


def posted_late(guild: int, channel: int, message: int) -> str:
    """Tell a member where what they asked for stands, after it took long."""
    address = f"https://discord.com/channels/{guild if guild > 0 else '@me'}/{channel}/{message}"
    return f"Gepostet: [hier]({address})"


STORY_MOVE = "Eine Lesung aus einem anderen Kanal hierher holen"
STORY_MOVE_WHICH = "Welche Lesung"


def reading_choice(title: str, reading: Reading) -> str:
    """Name a reading in a list to choose from, which shows plain text only."""
    return f"{title} ({'Kanal gelöscht' if reading.gone_at else 'offen'})"[:100]


PAUSED = "Die Leserunde macht Pause: bis `/session resume` wird nicht umgeblättert."
RESUMED = "Die Leserunde geht weiter."
NOTHING_TO_READ = (
    "Die Leserunde hat begonnen, aber die Geschichte ist schon zu Ende gelesen: mit `/restart` oder `/story start` geht"
    " es weiter."
)


# ---- dates


def _date(session_date: SessionDate) -> str:
    again = {Repeat.NONE: "", Repeat.DAILY: ", jeden Tag", Repeat.WEEKLY: ", jede Woche"}
    often = again.get(session_date.repeat, ", montags bis freitags")
    return f"{format_dt(session_date.at, 'F')}, {relative(session_date.at)}{often}"


def scheduled(session_date: SessionDate, *, event: bool) -> str:
    """Tell the channel that there is a date."""
    text = f"**Wir lesen zusammen: {_date(session_date)}** ({session_date.zone.key}). Die Lobby öffnet hier von selbst."
    return text if event else f"{text}\n-# {NO_EVENT}"


NO_EVENT = (
    "Damit der Termin auch bei den Events des Servers steht, erlaubt mir **Events erstellen** und legt ihn neu an."
)
EVENT_NAME = "Zusammen lesen"
EVENT_DESCRIPTION = "Die Lobby öffnet im Kanal von selbst. Kommt einfach dazu."
NO_DATES = "Auf diesem Server steht kein Termin an. `/session schedule` legt einen fest."


def date_choice(date: SessionDate) -> str:
    """Name a date in a list to choose from, which shows plain text only."""
    return f"{date.at.astimezone(date.zone):%d.%m. %H:%M} ({date.zone.key})"


def calendar(events: Iterable[SessionDate]) -> list[str]:
    """List the dates of a server."""
    lines = [f"- <#{each.channel}>: {_date(each)}" for each in events]
    return ["## Zusammen lesen", *(lines or [NO_DATES])]


def reminder(session_date: SessionDate) -> str:
    """Remind a channel of its date."""
    ping = f"<@&{session_date.role}> " if session_date.role else ""
    return f"{ping}**Wir lesen {relative(session_date.at)} zusammen.** `/catchup` zeigt dir, was du verpasst hast."


def cancelled(session_date: SessionDate) -> str:
    """Tell the channel that there is no date any more."""
    when = format_dt(session_date.at, "F")
    return f"Abgesagt: der Termin am {when} fällt aus. Mit `/next` könnt ihr trotzdem weiterlesen."


def next_date(session_date: SessionDate) -> str:
    """Say when the next date is, on a session's closing card."""
    return f"**Nächster Termin:** {_date(session_date)}"


# ---- discussions


def thread_name(page: Page) -> str:
    """Name the thread under a section, so that who has not read it is told nothing."""
    return f"Lasst uns reden: {scene_of(page)}"


# ---- settings


SETTING_NAMES = {
    "decide": "Wer entscheidet",
    "seconds": "Zeit zum Abstimmen",
    "quorum": "Nötige Antworten",
    "hidden": "Stimmen zeigen",
    "early": "Früher beenden",
    "turner": "Wer umblättert",
    "discuss": "Threads zum Reden",
    "order": "Reihenfolge der Szenen",
    "home": "Lesekanal",
    "story": "Erste Geschichte",
    "zone": "Zeitzone",
    "language": "Sprache",
    "quiet": "Benachrichtigungen",
    "plain": "Schlichte Ansicht",
}
"""The settings that can be chosen, as the panel calls them; the role is chosen with who turns the page."""
_OPTIONS = {
    "decide": [
        Option(
            Decide.VOTE,
            "Die meisten Stimmen",
            "Die meisten Stimmen entscheiden; bei Gleichstand kommt dran, wer am seltensten erzählt hat.",
        ),
        Option(Decide.FIRST, "Wer zuerst drückt", "Wer zuerst auf einen Namen drückt, hat gewählt."),
        Option(Decide.HOST, "Der Host", "Es wählt der Host der Leserunde, sonst wer die Lesung begonnen hat."),
        Option(
            Decide.TURNS,
            "Reihum",
            "In einer Leserunde wählen alle der Reihe nach; ohne eine entscheiden die meisten Stimmen.",
        ),
    ],
    "hidden": [
        Option("false", "Sofort", "Auf den Knöpfen steht gleich, wie viele Stimmen es sind."),
        Option("true", "Erst am Schluss", "Die Stimmen sieht man erst, wenn die Abstimmung vorbei ist."),
    ],
    "early": [
        Option("true", "Wenn alle geantwortet haben", "Haben alle geantwortet, ist die Abstimmung gleich vorbei."),
        Option(
            "false", "Nie", "Eine Abstimmung läuft immer bis zum Ende ihrer Zeit, auch wenn alle geantwortet haben."
        ),
    ],
    "turner": [
        Option(Turner.EVERYONE, "Alle", "Umgeblättert wird, wenn alle so weit sind."),
        Option(
            Turner.READERS,
            "Wer in der Leserunde ist",
            "Umgeblättert wird nur in einer Leserunde; es zählt, wer dort mitliest.",
        ),
        Option(Turner.HOST, "Der Host", "Umgeblättert wird, wenn der Host auf Weiter drückt, und nie von selbst."),
    ],
    "discuss": [
        Option("false", "Aus", "Abschnitte haben keine Threads."),
        Option(
            "true",
            "Unter jedem Abschnitt",
            "Jeder Abschnitt hat einen Thread; zwei Abschnitte später wird er archiviert.",
        ),
    ],
    "order": [
        Option(Order.WRITTEN, "Wie geschrieben", "Die Szenen kommen in der Reihenfolge der Geschichte."),
        Option(
            Order.FOLLOW,
            "Einer Sicht folgen",
            "Ihr stimmt ab, wessen nächster Teil kommt; was ihr überspringt, hat `/reread`.",
        ),
    ],
    "quiet": [
        Option("false", "Wie bei euch eingestellt", "Abschnitte melden sich wie jede andere Nachricht."),
        Option("true", "Aus", "Abschnitte kommen ohne Benachrichtigung; Erinnerungen melden sich weiterhin."),
    ],
    "plain": [
        Option("false", "Aus", "Was ich poste, steht in Kästen in der Farbe der Person, die erzählt."),
        Option("true", "An", "Keine Kästen, keine Farben, und Worte statt Zeichen: für Screenreader."),
    ],
}


def options(name: str, stories: Iterable[Title]) -> list[Option]:
    """Return what can be chosen for a setting; nothing where it is typed in, or a channel."""
    match name:
        case "seconds":
            return [
                Option(str(n), _duration(n), f"Eine Abstimmung läuft vom ersten Klick an {_duration(n)}.")
                for n in LENGTHS
            ]
        case "quorum":
            return [_quorum(number) for number in QUORUMS]
        case "story":
            return [Option(each.id, each.title[:100], f"`/next` beginnt {each.title}.") for each in stories]
        case "language":
            return [Option(tag, label, f"Ich spreche hier {label}.") for tag, label in LANGUAGE_NAMES.items()]
        case _:
            return _OPTIONS.get(name, [])


def _quorum(number: int) -> Option:
    if number == 0:
        return Option("0", "Keine", "Eine Abstimmung endet auch, wenn nur wenige geantwortet haben.")
    effect = f"Bis {number} geantwortet haben, startet die Uhr neu, höchstens zweimal; dann gewinnt, wer vorn liegt."
    return Option(str(number), f"Mindestens {number}", effect)


_UNITS = {
    "week": ("Woche", "Wochen"),
    "day": ("Tag", "Tage"),
    "hour": ("Stunde", "Stunden"),
    "minute": ("Minute", "Minuten"),
    "second": ("Sekunde", "Sekunden"),
}


def _duration(seconds: int) -> str:
    number, unit = unit_of(seconds)
    return _count(number, *_UNITS[unit])


def setting_value(settings: Settings, name: str, stories: Iterable[Title]) -> str:
    """Say what a setting is set to."""
    value = getattr(settings, name)
    match name:
        case "turner" if value is Turner.ROLE:
            return f"Mitglieder mit <@&{settings.role}>"
        case "home":
            return f"<#{value}>" if value else "keiner"
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
            return f"Umgeblättert wird, wenn jemand mit <@&{settings.role}> auf Weiter drückt, und nie von selbst."
        case "home":
            return f"Lesungen beginnen in <#{value}>." if value else "Lesungen beginnen da, wo jemand `/next` schreibt."
        case "zone":
            return f"Termine und Fortsetzungen richten sich nach der Zeit von {value}."
        case _:
            return option(settings, name, options(name, stories)).effect


def settings_panel(
    settings: Settings, names: Iterable[str], own: Container[str], *, of_reading: bool, stories: Sequence[Title]
) -> str:
    """List settings, those that have been changed marked as such."""
    lines = [f"## {'Einstellungen dieser Lesung' if of_reading else 'Einstellungen'}"]
    for name in names:
        mark = (" (nur für diese Lesung)" if of_reading else " (geändert)") if name in own else ""
        lines.append(f"- **{SETTING_NAMES[name]}:** {setting_value(settings, name, stories)}{mark}")
    if of_reading:
        lines.append("-# Alles andere gilt wie auf dem ganzen Server. Was du hier änderst, gilt nur für diese Lesung.")
    return "\n".join(lines)


def setting_changed(settings: Settings, name: str, stories: Sequence[Title]) -> str:
    """Confirm a change, and say what is different now."""
    value = setting_value(settings, name, stories)
    return f"**{SETTING_NAMES[name]}: {value}.** {setting_effect(settings, name, stories)}"


def setting_page(settings: Settings, name: str, stories: Sequence[Title]) -> str:
    """Describe one setting, and what it can be."""
    lines = [f"## {SETTING_NAMES[name]}", f"Jetzt: **{setting_value(settings, name, stories)}**."]
    choices_ = options(name, stories) if name in _OPTIONS else []
    lines += [f"- **{each.label}:** {each.effect}" for each in choices_]
    return "\n".join([*lines, *([SETTING_HINTS[name]] if name in SETTING_HINTS else [])])


SETTING_HINTS = {
    "seconds": "Wie lange eine Abstimmung vom ersten Klick an offen bleibt.",
    "quorum": (
        "Wie viele antworten müssen, bevor die Uhr eine Abstimmung beenden kann. In einer Leserunde wird auf alle"
        " gewartet, die da sind."
    ),
    "turner": "Mit einer Rolle wird umgeblättert, wenn eins ihrer Mitglieder auf Weiter drückt. Mods dürfen das immer.",
    "order": "Das geht, wo jede Szene, die noch kommt, nur eine Sicht hat; sonst kommen sie wie geschrieben.",
    "home": "Wo der Server liest: dort beginnt `/next`, und anderswo verweist es dorthin.",
    "story": "Was `/next` beginnt, wo noch nichts gelesen wurde.",
    "zone": "Eine große Stadt in eurer Nähe, zum Beispiel Berlin oder New York.",
    "language": "Was ich sage; die Geschichten bleiben in ihrer eigenen Sprache.",
}
ZONE_TITLE = "Zeitzone"
STORY_TITLE = "Erste Geschichte"
RESET_DONE = "Alles ist wieder wie am Anfang."
RESET_READING_DONE = "Für diese Lesung gilt wieder, was der Server eingestellt hat."
CONFIRM_RESET = "Alle Einstellungen dieses Servers zurücksetzen? Einzelne Lesungen behalten ihre eigenen."
CONFIRM_RESET_READING = "Soll für diese Lesung wieder gelten, was der Server eingestellt hat?"
NO_SUCH_SETTING = "Das lässt sich hier nicht mehr einstellen. `/settings` zeigt, was geht."
THREADS_NOT_ALLOWED = "Erlaubt mir dafür im Kanal **Öffentliche Threads erstellen**."


def at_home(channel: int) -> str:
    """Say where the server reads."""
    return f"Dieser Server liest in <#{channel}>: dort beginnt `/next`. Anderswo geht es mit `/story start`."


# ---- serials


def serial_set(page: Page, serial: Serial) -> str:
    """Tell the channel that sections come by themselves from now on, and when the first does."""
    every = {Repeat.DAILY: "jeden Tag", Repeat.WEEKDAYS: "montags bis freitags", Repeat.WEEKLY: "jede Woche"}
    when = page.ballot.closes_at if page.ballot else None
    first = f" Der nächste kommt {relative(when)}: {format_dt(when, 'F')}." if when else ""
    return (
        f"**{escape_markdown(page.story.title)}** kommt jetzt in Fortsetzungen: {every[serial.every]} ein Abschnitt,"
        f" nach der Zeit von {serial.zone.key}.{first} Mit `/serial every: off` ist Schluss damit."
    )


SERIAL_ENDED = "Ab hier kommt nichts mehr von selbst: umgeblättert wird wieder nach Abstimmung, mit `/next`."


# ---- private answers


def vote_counted(page: Page, press: Press, *, next_pressed: bool) -> str:
    """Tell a member what their command has counted as."""
    ballot = page.ballot
    label = label_of(ballot, press.pov)
    said = (
        "Du bist bereit für den nächsten Abschnitt."
        if next_pressed
        else f"Deine Stimme ist für {label}."
        if label
        else "Deine Stimme ist zurückgenommen."
    )
    if ballot is None or (ballot.closes_at is None and not ballot.attendance):
        return said
    return f"{said} {state(ballot)} {last_section(page.reading, page.step)}"


def posted_already(page: Page, message: int) -> str:
    """Tell a member that what they asked for stands in the channel already."""
    return f"Das ist eben schon gepostet worden: [die letzte Seite]({link(page.reading, message)})"


def where(page: Page, on_hold: Sequence[Delivery] = ()) -> str:
    """Say where a reading is."""
    story = page.story
    scene = page.place.path and story.scene(page.place.path[-1].section_id[0])
    lines = [
        f"**{escape_markdown(story.title)}**: {scene_of(page)}" + (f", *{scene.title}*" if scene else ""),
        f"Bisher gehört: {', '.join(f'{pov.name} {page.place.heard(pov.id)}' for pov in story.povs)}.",
    ]
    if page.at_end:
        lines.append("Die Geschichte ist zu Ende gelesen.")
    elif page.ballot is None:
        lines.append(
            "Die Geschichte wurde bearbeitet, und unsere Stelle darin ist weg; `/back` oder `/restart` findet eine."
        )
    elif page.ballot.attendance or page.ballot.serial:
        lines.append(state(page.ballot))
    elif not page.ballot.is_choice:
        lines.append(f"Die nächste Szene erzählt {page.ballot.options[0].pov.name}, sobald jemand `/next` schreibt.")
    else:
        lines.append(_who_decides(page.ballot))
        votes = Counter[str]() if page.ballot.hides_votes else page.ballot.tally
        labels = _choices([vote_label(option.label, votes[option.id]) for option in page.ballot.options])
        lines.append(f"Die Abstimmung läuft: {labels}.")
        lines += _skips(page.ballot)
        if page.ballot.closes_at:
            lines.append(f"Schluss ist {relative(page.ballot.closes_at)}.")
    lines += [held(page.step.failure)] if page.step.failure else [last_section(page.reading, page.step)]
    others = [each for each in on_hold if each.kind is not DeliveryKind.SECTION and each.failure]
    lines += [waiting(each) for each in others[:1]]
    return "\n".join(line for line in lines if line)


def waiting(delivery: Delivery) -> str:
    """Say that something cannot be shown for now, and what to do about it."""
    return f"**Steht aus in <#{delivery.channel}>:** {_why_not(delivery.failure or DeliveryFailure.REFUSED)}"


def held(failure: DeliveryFailure) -> str:
    """Say why the last page is not there, and what to do about it."""
    return f"**Die letzte Seite konnte nicht gepostet werden.** {_why_not(failure)}"


def _why_not(failure: DeliveryFailure) -> str:
    return {
        DeliveryFailure.FORBIDDEN: FORBIDDEN,
        DeliveryFailure.UNREACHABLE: UNREACHABLE,
        DeliveryFailure.GONE: "Laut Discord gibt es diesen Kanal nicht mehr; mit `/next` versuche ich es noch einmal.",
        DeliveryFailure.REFUSED: "Discord hat sie nicht angenommen; mit `/next` versuche ich es noch einmal.",
    }[failure]


def last_section(reading: Reading, step: Step) -> str:
    """Link to what was posted last."""
    return f"[Die letzte Seite]({link(reading, step.message)})" if step.message else ""


def recap(page: Page, heard: Iterable[Heard]) -> list[str]:
    """Say what happened so far: a heading, and a line a section."""
    return [f"## {escape_markdown(page.story.title)}: was bisher geschah", *_recaps(page, heard)]


def missed(page: Page, heard: Sequence[Heard]) -> list[str]:
    """Say what happened while a member was away: a heading, and a line a section."""
    return [f"## Du hast {_count(len(heard), 'Abschnitt', 'Abschnitte')} verpasst", *_recaps(page, heard)]


def _recaps(page: Page, heard: Iterable[Heard]) -> Iterator[str]:
    for step, scene, section in heard:
        number = number_of(page, scene.id, step)
        said = section.recap or "zu diesem Abschnitt gibt es keine Zusammenfassung"
        yield f"**{number}. {linked(scene.title, page.reading, step)}**{dot()}{section.pov.name}: {said}"


def bookmarked(heard: Heard, *, kept: bool) -> str:
    """Tell a member that a section is bookmarked now, or is not any more."""
    _, scene, section = heard
    done = "Lesezeichen liegt drin" if kept else "Lesezeichen ist raus"
    again = "Noch einmal dasselbe nimmt es heraus." if kept else "Noch einmal dasselbe legt es zurück."
    return f"{done}: **{scene.title}**, erzählt von {section.pov.name}. {again} `/bookmarks` zeigt dir alle."


def bookmarks(found: Iterable[tuple[Reading, Heard]]) -> list[str]:
    """List a member's bookmarks: a heading, and a line each."""
    lines = [
        f"- **{linked(scene.title, reading, step)}**, erzählt von {section.pov.name}"
        for reading, (step, scene, section) in found
    ]
    return ["## Deine Lesezeichen hier", *(lines or [NO_BOOKMARKS])]


PATH_TITLE = "Unser Weg"
"""Heads the path where the story's title is in letters that cannot be drawn."""
PATH_HEARD = "gehört"
PATH_NOT_HEARD = "nicht gehört"


def path_title(story: Story) -> str:
    """Head the path."""
    return f"{story.title}: unser Weg"


def path_place(page: Page, to_come: int, first: int = 1, last: int = 0) -> str:
    """Say how far the path has come, and what the picture shows of it if it does not begin with the first scene."""
    come = [f"noch {to_come} vor uns"] if to_come else []
    shown = [f"{first}–{last} im Bild"] if first > 1 else []
    return dot().join([scene_of(page), *come, *shown])


def path_alt(page: Page, told: Sequence[tuple[Pov, Sequence[int], Sequence[int]]]) -> str:
    """Put the picture of the path into words: for each POV the scenes heard from it, and those it tells besides.

    Where the numbers would be too long, they are counted instead.
    """
    head = (
        f"Unser Weg durch {page.story.title}, {scene_of(page)}. Jede Spalte ist eine Szene, jede Zeile eine Sicht; eine"
        " Linie verbindet die, die wir gehört haben."
    )
    whole = " ".join([head, *(f"{pov.name}: {_heard(spans(yes), spans(no))}." for pov, yes, no in told)])
    if len(whole) <= MOST_ALT:
        return whole
    short = " ".join([head, *(f"{pov.name}: {_heard(_in_scenes(yes), _in_scenes(no))}." for pov, yes, no in told)])
    return short if len(short) <= MOST_ALT else short[: MOST_ALT - 1] + "…"


def _heard(yes: str, no: str) -> str:
    return ", ".join([f"gehört {yes}"] * bool(yes) + [f"nicht gehört {no}"] * bool(no))


def _in_scenes(numbers: Sequence[int]) -> str:
    return f"in {_count(len(numbers), 'Szene', 'Szenen')}" if numbers else ""


def path_caption(unlettered: Iterable[tuple[int, Pov]]) -> str:
    """Say under the picture whom its numbers stand for where a name could not be drawn."""
    names = dot().join(f"{number} {escape_markdown(pov.name)}" for number, pov in unlettered)
    return "\n".join([*([f"-# {names}"] if names else []), "-# `/path as:text` sagt dasselbe in Worten."])


def path_head(page: Page, to_come: int) -> str:
    """Head the path as text."""
    return f"## {escape_markdown(path_title(page.story))}\n-# {path_place(page, to_come)}"


def path_line(number: int, scene: Scene | None, heard: Pov, others: Sequence[Pov]) -> str:
    """Say of one scene of the path whom we heard, and who tells it too."""
    title = scene.title if scene else "eine Szene, die es in der Geschichte nicht mehr gibt"
    also = f" (nicht gehört: {listed(pov.name for pov in others)})" if others else ""
    return f"**{number}. {title}**{dot()}{escape_markdown(heard.name)}{also}"


def path_left_out(scenes: int) -> str:
    """Say that the path is longer than there is room for."""
    lacking = "Die erste Szene fehlt" if scenes == 1 else f"Die ersten {_count(scenes, 'Szene', 'Szenen')} fehlen"
    return f"-# {lacking} hier; `/recap` reicht ganz zurück."


def reread_head(page: Page, scene: Scene, section: Section) -> str:
    """Head a section that is read again, or for the first time if it was skipped."""
    eyes = {True: "wie beim ersten Mal", False: "eine andere Sicht", None: "von uns übersprungen"}
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
        f"-# {_length(story)}; erzählt von {_told_by(story)}",
    ]
    if story.blurb:
        lines.append(story.blurb)
    return "\n".join(lines)


def library(stories: Iterable[Story]) -> list[str]:
    """List the stories on the shelf."""
    return ["## Im Regal", *map(story_line, stories), "-# Mit `/story start` geht es los."]


def story_info(story: Story) -> list[str]:
    """Describe a story, in lines."""
    return [
        *opening(story).splitlines(),
        f"**Länge:** {_length(story)}",
        *(f"- **{escape_markdown(pov.name)}**{': ' if pov.blurb else ''}{pov.blurb}" for pov in story.povs),
        *small(story.credits),
    ]


# ---- mitgebrachte Geschichten


RENAME_WHICH = "Welche Perspektive soll anders heißen? Mit einem Namen, den es schon gibt, werden beide zu einer."
RENAME_TITLE = "Name der Perspektive"
MERGE_WHICH = "Welche zwei sind dieselbe Perspektive? Beide heißen dann wie die, die zuerst erzählt."
COLOUR_WHICH = "Wessen Farbe soll eine andere sein?"
MARK_WHICH = "Wähle einen Teil: aus Geschichte wird eine Anmerkung, die nicht vorgelesen wird, und umgekehrt."
DISCARDED = "Es wurde nichts behalten."
NO_ATTACHMENT = "An dieser Nachricht hängt keine Datei. Nimm das Menü einer Nachricht mit Datei, oder `/story import`."
NOT_DOWNLOADED = "Discord hat die Datei nicht herausgegeben. Bitte lade sie noch einmal hoch."
COLOUR_NAMES = {
    "0072b2": "Blau",
    "e69f00": "Orange",
    "009e73": "Grün",
    "cc79a7": "Rosa",
    "56b4e9": "Himmelblau",
    "d55e00": "Zinnober",
    "f0e442": "Gelb",
    "999999": "Grau",
}


def preview(story: Story, draft: Draft | None) -> list[str]:
    """Show a story before it is kept, in lines; `draft` is what it was made of, with its notes and warnings."""
    notes = [part for part in draft.parts if part.is_note] if draft else []
    warnings = draft.warnings if draft else ()
    told = Counter(section.pov.name for section in story.sections())
    shares = (f"{escape_markdown(name)} ({_count(n, 'Abschnitt', 'Abschnitte')})" for name, n in told.items())
    return [
        "## Ist das eure Geschichte?",
        f"**{escape_markdown(story.title)}**, von {listed(story.authors)}",
        *([f"**Altersfreigabe:** {escape_markdown(story.rating)}"] if story.rating else []),
        f"**Länge:** {_length(story)}",
        f"**Erzählt von:** {', '.join(shares)}",
        *(f"-# Warnung{_in_line(each.line)}: {escape_markdown(each.what)}" for each in warnings),
        *(f"-# Anmerkung, wird nicht vorgelesen{_in_line(part.line)}: {quoted(part.text)}" for part in notes),
        "**Szenen:**",
        *scenes_in_short(story),
        "-# Behalten wird erst etwas, wenn du **Behalten** drückst. Es gehört dann diesem Server allein.",
    ]


def _in_line(line: int) -> str:
    return f" (Zeile {line})" if line else ""


def part_label(part: Part) -> str:
    """Label a part of a manuscript: whether it is a note or story, whose, and how it begins."""
    whose = "Anmerkung" if part.is_note else f"Geschichte, {part.pov or 'Erzähler'}"
    return f"{whose}: {' '.join(part.text[:200].split())}"


def colour_of(pov: Pov) -> str:
    """Ask for a POV's colour."""
    return f"Welche Farbe soll {escape_markdown(pov.name)} haben?"


def too_large(size: int, most: int) -> str:
    """Say that a file is larger than what is read; sizes are in bytes."""
    return f"Die Datei ist zu groß: {_kib(size)} KiB. Ich lese höchstens {_kib(most)} KiB."


def _kib(size: int) -> str:
    return f"{-(-size // 1024):,}".replace(",", ".")


def broken(mistakes: Sequence[Mistake]) -> str:
    """Say why a file is no story: the first of its mistakes, each with its line."""
    more = len(mistakes) - MOST_MISTAKES
    return "\n".join(
        [
            "Das kann ich nicht als Geschichte lesen, also wurde nichts behalten. Auf Englisch, woran es liegt:",
            *(
                f"- {inner_file(each)}Zeile {each.line}: {escape_markdown(each.what)}"
                for each in mistakes[:MOST_MISTAKES]
            ),
            *([f"- und {more} weitere"] if more > 0 else []),
        ]
    )


def story_kept(story: Story) -> str:
    """Confirm that a story is kept."""
    return f"**{escape_markdown(story.title)}** steht jetzt in eurem Regal. Mit `/story start` geht es los."


def confirm_remove(story: Story, channels: Sequence[int]) -> str:
    """Ask before a story is removed; its readings in these channels would end."""
    ends = f" Gelesen wird sie in {', '.join(f'<#{each}>' for each in channels[:MOST_CHANNELS])}" if channels else ""
    more = f" und {len(channels) - MOST_CHANNELS} weiteren Kanälen" if len(channels) > MOST_CHANNELS else ""
    then = f"{more}; das endet damit." if channels else " Niemand liest sie gerade."
    return (
        f"**{escape_markdown(story.title)}** entfernen?{ends}{then} Was schon da steht, bleibt stehen; die Geschichte"
        " selbst wird gelöscht und lässt sich nur aus einer Datei wiederholen (`/story export`)."
    )


def story_removed(story: Story) -> str:
    """Confirm that a story is removed."""
    return f"**{escape_markdown(story.title)}** ist entfernt."


def exported(story: Story) -> str:
    """Hand a story over as a file."""
    return f"**{escape_markdown(story.title)}** in Markdown. Mit `/story import` lässt sie sich wieder mitbringen."


def started_there(turn_link: str, title: str, channel: int) -> str:
    """Tell who began a story in another channel that it has begun."""
    return f"**{escape_markdown(title)}** hat in <#{channel}> begonnen: [die erste Seite]({turn_link})"


def confirm_restart(page: Page) -> str:
    """Ask before a story is begun again."""
    return (
        f"**{escape_markdown(page.story.title)}** von vorn beginnen ({scene_of(page)})? Gelöscht wird nichts, was"
        " gepostet ist, aber die Lesung geht zurück zur ersten Szene."
    )


def confirm_stop(page: Page) -> str:
    """Ask before a reading is ended."""
    return (
        f"Die Lesung von **{escape_markdown(page.story.title)}** hier beenden ({scene_of(page)})? Gelöscht wird nichts,"
        " was gepostet ist, aber fortsetzen könnt ihr sie dann nicht mehr."
    )


UP_TO_DATE = "Du hast nichts verpasst: beim letzten Abschnitt warst du dabei."
NO_BOOKMARKS = (
    "Noch keine. `/bookmark` legt eins in den letzten Abschnitt, und im Menü einer Nachricht geht es auch, unter Apps."
)
FORGOTTEN = "Erledigt: ich habe dich vergessen. Entschiedene Stimmen zählen weiter mit, aber ohne dich."
CONFIRM_FORGET_SERVER = (
    "Alles von diesem Server vergessen? Seine Lesungen, Stimmen und Lesezeichen werden sofort gelöscht und sind nicht"
    " zurückzuholen. Was gepostet ist, bleibt in den Kanälen stehen."
)
SERVER_FORGOTTEN = "Erledigt: ich habe diesen Server vergessen. `/next` fängt neu an."
NEEDS_MANAGE_SERVER = "Dafür brauchst du auf dem Server die Berechtigung **Server verwalten**."
CONFIRM_STOP_GONE = "Die Lesung hier beenden? Ihre Geschichte steht nicht mehr im Regal."
STOPPED = "Die Lesung ist beendet. Was gepostet ist, bleibt stehen."
KEPT = "Es hat sich nichts geändert. Lest ruhig weiter."


INTRODUCTION = (
    "Schreibt `/next`, und die Geschichte beginnt hier. Stimmt unter jedem Abschnitt ab, aus wessen Sicht es"
    f" weitergeht, oder drückt auf **{NEXT_LABEL}**, wenn es euch gleich ist. Haben alle geantwortet oder ist die Zeit"
    " um, wird umgeblättert."
)


HELP_GROUPS = {
    "Weiterlesen": {
        "/next": NEXT,
        "/pov": POV,
        "/back": BACK,
        "/restart": RESTART,
    },
    "Zurückschauen": {
        "/where": WHERE,
        "/recap": RECAP,
        "/path": PATH,
        "/reread": REREAD,
        "/transcript": TRANSCRIPT,
        "/catchup": CATCHUP,
        "/bookmark": BOOKMARK,
        "/bookmarks": BOOKMARKS,
    },
    "Zusammen lesen": {
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
    "Geschichten": {
        "/story list": STORY_LIST,
        "/story info": STORY_INFO,
        "/story start": STORY_START,
        "/story stop": STORY_STOP,
        "/story import": STORY_IMPORT,
        "/story remove": STORY_REMOVE,
        "/story export": STORY_EXPORT,
    },
    "Über mich": {
        "/about": ABOUT,
        "/privacy": PRIVACY,
        "/forget me": FORGET_ME,
        "/forget server": FORGET_SERVER,
    },
    "Dieser Server": {
        "/settings": SETTINGS,
    },
}
"""The commands, by what they are for."""


def help_text() -> str:
    """Say what one can do."""
    lines = ["## Zusammen eine Geschichte lesen", INTRODUCTION]
    for group, commands in HELP_GROUPS.items():
        lines += [f"**{group}**", *(f"- `{name}`: {what}" for name, what in commands.items())]
    restricted = "`/back`, `/restart`, `/serial` und `/story stop`"
    return "\n".join([*lines, f"-# {restricted} sind für die, die die Lesung begonnen haben oder moderieren."])


PRIVACY_TEXT = """\
## Was ich speichere und warum
Die Nummern von Discord, keine Namen und keine Nachrichten, und die Geschichten, die ihr mitbringt:
- **welcher Kanal welche Geschichte liest, und jeden Schritt davon**: damit ihr weiterlesen könnt, wo ihr aufgehört \
habt; dazu, wer die Lesung begonnen hat und sie darum zurücknehmen darf, und wer umgeblättert hat;
- **was du unter einem Abschnitt gedrückt hast**: um Stimmen zu zählen und um zu wissen, auf wen ich warte und wie \
weit du gelesen hast;
- **wie weit du nachgelesen hast, deine Lesezeichen und Termine von dir**: weil du mich darum gebeten hast;
- **wer in einer Leserunde ist und wer wann zuletzt etwas gedrückt hat**: um auf alle zu warten, die da sind; wenn sie \
endet, wird es gelöscht;
- **Geschichten, die ihr mitbringt**: um sie hier vorzulesen; `/story remove` löscht sie.
Ich sehe Befehle und Knöpfe, die für mich sind, und sonst nichts, was hier geschrieben wird.
`/forget me` löscht sofort, was von dir ist; entschiedene Stimmen zählen weiter mit, aber ohne dich. `/forget server` \
löscht alles von diesem Server, auch die Einstellungen; das geht mit der Berechtigung **Server verwalten**. Einen \
Server, der mich entfernt, vergesse ich nach 30 Tagen."""


def about(stories: Sequence[Story]) -> str:
    """Say who made this."""
    credit = "\n".join(
        line
        for story in stories[:MOST_CREDITS]
        for line in (f"- **{escape_markdown(story.title)}**, von {listed(story.authors)}", *small(story.credits))
    )
    return "\n".join(
        [
            f"## {NAME} {__version__}",
            "Erzählt in einem Kanal eine Geschichte, Abschnitt für Abschnitt; ihr wählt, aus wessen Sicht.",
            "Freie Software unter der MIT-Lizenz; den Quelltext bekommst du von denen, die diese Kopie betreiben.",
            "Gemacht mit discord.py, aiosqlite, markdown-it-py und Pillow; die Schrift in den Bildern ist FiraGO.",
            f"**Im Regal:**\n{credit}",
            "-# `/story info` nennt bei jeder Geschichte, wem sie zu verdanken ist.",
        ]
    )


# ---- the rehearsal

REHEARSAL_TOPIC = "Ein Server zum Ausprobieren, auf deinem eigenen Rechner"
REHEARSAL = (
    "## Willkommen zur Probe\n"
    "Das hier ist ein nachgemachter Discord-Server auf deinem eigenen Rechner, mit dem echten Bot darin.\n"
    "1. Schreib `/next` unten in das Feld und schick es ab: die Geschichte beginnt.\n"
    "2. Stimm mit den Knöpfen ab, und such dir unter **Viewing as** ein anderes Mitglied aus, um auch als dieses"
    " abzustimmen.\n"
    "3. Tipp `/`, um zu sehen, was ich sonst noch kann."
)

# ---- refusals and errors

OLD_BUTTON = "Dieser Knopf ist noch von einer früheren Version von mir. `/where` zeigt die Seite, auf der wir sind."
NOT_IN_A_SERVER = "Das geht nur auf einem Server, in einem seiner Kanäle. Hier lese ich nur dir vor, mit `/next`."
CHANNEL_GONE = "Diesen Kanal gibt es nicht mehr, oder ich sehe ihn nicht. Such dir einen anderen aus."
FORBIDDEN = (
    "Ich darf dort nichts mehr posten. Erlaubt mir bitte **Kanal ansehen**, **Nachrichten senden** und"
    " **Nachrichtenverlauf anzeigen**; dann geht es mit `/next` weiter."
)
NOT_KEPT = (
    "Ich kann gerade nichts aufschreiben, also hat sich nichts geändert. Sagt bitte meinem Betreiber Bescheid:"
    " Vielleicht ist die Festplatte voll; mehr steht im Log."
)
UNREACHABLE = "Discord war gerade nicht zu erreichen. Ich versuche es von selbst wieder; mit `/next` gleich."
NOT_YOUR_CHANNEL = "Du kannst in dem Kanal nichts schreiben, also kannst du dort auch keine Geschichte beginnen."
JUST_BEGUN = "Gerade hat hier jemand die Geschichte begonnen: schau weiter oben."
CHANNEL_DELETED = "Der Kanal, in dem ihr gelesen habt, ist gelöscht. `/next` fängt in diesem neu an."

_PERMISSIONS = {
    "view_channel": "Kanal ansehen",
    "send_messages": "Nachrichten senden",
    "send_messages_in_threads": "Nachrichten in Threads senden",
    "read_message_history": "Nachrichtenverlauf anzeigen",
}
"""What Discord calls them in German."""


def unexpected(error_id: str) -> str:
    """Apologise for an error that nobody foresaw."""
    return (
        "Das ging schief, und es liegt an mir. Versuch es bitte noch einmal; wenn es dabei bleibt, gib denen, die mich"
        f" betreiben, das hier weiter: `{error_id}`"
    )


def missing_permissions(channel: int, names: Iterable[str]) -> str:
    """Say what I may not do in a channel, and that it has to be allowed first."""
    wanted = ", ".join(f"**{_PERMISSIONS.get(name, name)}**" for name in names)
    return f"In <#{channel}> kann ich noch nicht vorlesen. Erlaubt mir dort bitte: {wanted}."


def refusal(error: errors.Refusal) -> str:  # noqa: C901, PLR0911, PLR0912 - a table: one plain line for each refusal
    """Put a refusal into words: what is the matter, and what to do about it."""
    match error:
        case errors.UnknownStory(asked=asked):
            return f"Im Regal steht keine Geschichte „{quoted(asked)}“. `/story list` zeigt, was da ist."
        case errors.NotOwnStory(title=title):
            return f"„{quoted(title)}“ steht bei allen im Regal; entfernen lassen sich nur eigene Geschichten."
        case errors.DraftGone():
            return "Diese Vorschau ist zu alt. Bring die Datei bitte noch einmal mit: `/story import`."
        case errors.LibraryFull(most=most):
            return f"Ihr habt schon {most} eigene Geschichten; `/story remove` macht Platz."
        case errors.UnknownPov(asked=asked, names=names):
            return f"„{quoted(asked)}“ steht hier nicht zur Wahl. Zur Wahl stehen: {_choices(names)}."
        case errors.UnknownScene(asked=asked):
            return f"Eine Szene „{quoted(asked)}“ haben wir nicht gelesen. Such dir eine aus der Liste aus."
        case errors.NotASection():
            return "Das ist kein Abschnitt von dem, was hier gelesen wird. `/where` verlinkt den letzten."
        case errors.NothingRead():
            return "Bisher ist kein Abschnitt gelesen. `/next` liest den ersten."
        case errors.NoReading(elsewhere=()):
            return "Hier wird gerade nichts gelesen. `/next` beginnt eine Geschichte."
        case errors.NoReading(elsewhere=channels):
            places = ", ".join(f"<#{channel}>" for channel in channels)
            return f"Gelesen wird in {places}. Lies dort weiter, oder beginne hier eine neue Lesung mit `/story start`."
        case errors.ReadingAside():
            return "Diese Lesung ruht. Mit `/story move` geht sie weiter."
        case errors.NotDelivered(failure=failure):
            return f"Gespeichert ist es, aber zeigen kann ich es noch nicht. {_why_not(DeliveryFailure(failure))}"
        case errors.ReadingOver():
            return "Diese Lesung ist zu Ende. `/next` beginnt eine neue."
        case errors.ChannelTaken(channel=channel, title=title):
            return (
                f"In <#{channel}> wird schon **{escape_markdown(title)}** gelesen. Beende das erst mit `/story stop`."
            )
        case errors.PageTurned(message=None):
            return "Es ist schon umgeblättert."
        case errors.PageTurned():
            return "Es ist schon umgeblättert. Die neue Seite steht weiter unten; `/where` verlinkt sie."
        case errors.TheEnd():
            return (
                "Das war das Ende der Geschichte. `/restart` beginnt sie von vorn, und mit `/reread` lest ihr sie aus"
                " anderer Sicht."
            )
        case errors.PlaceGone(title=title):
            return (
                f"**{escape_markdown(title)}** wurde bearbeitet, und die Szene, bei der wir waren, gibt es nicht mehr."
                " `/back` geht zu der davor, `/restart` fängt von vorn an."
            )
        case errors.StoryGone(story=story):
            return f"Die Geschichte `{quoted(story)}` steht nicht mehr im Regal. `/story stop` beendet die Lesung."
        case errors.NoDate():
            return "In diesem Kanal steht kein Termin an. `/session schedule` legt einen fest."
        case errors.DateExists():
            return (
                "In diesem Kanal steht schon ein Termin an. `/session move` verschiebt ihn, `/session cancel` sagt ihn"
                " ab."
            )
        case errors.NoSerial():
            return "Was hier gelesen wird, kommt nicht in Fortsetzungen. `/serial` richtet das ein."
        case errors.UnreadableTime(asked=asked, lacks_time=True):
            return f"„{quoted(asked)}“ ist ein Tag ohne Uhrzeit. Schreib beides, zum Beispiel „25.12. 20:00“."
        case errors.UnreadableTime(asked=asked):
            return (
                f"„{quoted(asked)}“ verstehe ich nicht als Zeit. Schreib zum Beispiel „25.12. 20:00“, oder auf Englisch"
                " „friday 8pm“, „tomorrow at 19:30“ oder „in 2 hours“."
            )
        case errors.UnreadableClock(asked=asked):
            return f"„{quoted(asked)}“ verstehe ich nicht als Uhrzeit. Schreib zum Beispiel „19:30“ oder „19h“."
        case errors.TimeInThePast(asked=asked, when=when):
            return f"„{quoted(asked)}“ war {relative(when)}. Nimm eine Zeit, die noch kommt."
        case errors.UnknownZone(asked=asked):
            return (
                f"Eine Zeitzone „{quoted(asked)}“ kenne ich nicht. Schreib auf Englisch eine große Stadt in eurer Nähe,"
                " zum Beispiel „Berlin“ oder „New York“, und such sie in der Liste aus."
            )
        case errors.NoSession():
            return "Hier läuft keine Leserunde. `/session start` öffnet eine."
        case errors.SessionHeld():
            return "Hier läuft schon eine Leserunde. `/session readers` zeigt, wer dabei ist."
        case errors.SessionBegun():
            return "Die Leserunde hat schon begonnen."
        case errors.NotInSession(yourself=True):
            return "Du bist nicht in der Leserunde."
        case errors.NotInSession():
            return "Dieses Mitglied ist nicht in der Leserunde."
        case errors.NotYourChoice(chooser=member, chosen=chosen):
            return (
                f"{mention(member, 'Jemand')} war schneller und hat schon gewählt."
                if chosen
                else f"Diesmal wählt {mention(member, 'jemand')}. Drück auf **{NEXT_LABEL}**, wenn du so weit bist."
            )
        case errors.NotATurner(host=None, role=None):
            return (
                "Umgeblättert wird hier nur in einer Leserunde: drück auf ihrer Karte auf"
                f" **{JOIN_LABEL}**; `/session start` öffnet eine."
            )
        case errors.NotATurner(host=None, role=role):
            return f"Hier blättern nur Mitglieder mit <@&{role}> um. Deine Stimme zählt trotzdem."
        case errors.NotATurner(host=member):
            return f"Hier blättert nur {mention(member, 'jemand')} als Host um. Deine Stimme zählt trotzdem."
        case errors.NotHost(host=member):
            who = mention(member, "jemand")
            return f"Das können nur {who} als Host und alle, die Nachrichten verwalten dürfen."
        case errors.NotYours(started_by=member):
            who = mention(member, "jemand")
            return f"Das kann nur, wer damit angefangen hat ({who}), oder wer Nachrichten verwalten darf."
        case _:
            return "Das geht gerade nicht."


# ---- pieces


def _choices(names: Sequence[str]) -> str:
    """Name what there is to choose from, up to as many as an answer has room for."""
    more = f" und {len(names) - MOST_NAMES} weitere" if len(names) > MOST_NAMES else ""
    return listed(map(shortened, names[:MOST_NAMES])) + more


def _by(member: int | None) -> str:
    return f"von {mention(member, 'jemandem')}"


def _length(story: Story) -> str:
    scenes, sections, words, minutes = size(story)
    return (
        f"{_count(scenes, 'Szene', 'Szenen')}, {_count(sections, 'Abschnitt', 'Abschnitte')}; einmal durch sind es etwa"
        f" {_count(words, 'Wort', 'Wörter')}, {_count(minutes, 'Minute', 'Minuten')}"
    )


def _told_by(story: Story) -> str:
    """Name the POVs of a story, up to as many as an opening card has room for."""
    names = [pov.name for pov in story.povs]
    return listed(names) if len(names) <= MOST_NAMES else f"{listed(names[:MOST_NAMES])} und anderen"


def _votes(number: int) -> str:
    return _count(number, "Stimme", "Stimmen")


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,}".replace(",", ".") + f" {one if number == 1 else many}"
