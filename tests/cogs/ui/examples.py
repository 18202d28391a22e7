"""Examples of what each text can be about: every function of `texts` with what it is called with."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cogs.core.permissions import NEEDED, NEEDED_IN_THREADS, NEEDED_IN_VOICE
from story import errors
from story.importing import Mistake
from story.importing.doubts import Doubt
from story.importing.doubts import Step as DoubtStep
from story.importing.draft import PALETTE, Draft, Part
from story.importing.modes import Meaning, Mode
from story.model import Pov, Scene, Section, Vote
from story.rules.ballot import Ballot
from story.rules.delivery import ALERTS, DeliveryFailure, Over
from story.rules.options import Option
from story.rules.page import Ended, Lobby, Page, Planned
from story.rules.presses import Press, Presses
from story.rules.rsvp import Coming, Rsvp
from story.rules.serial import Every, Serial
from story.rules.session import Attendance, Reader, Session
from story.rules.session_date import SessionDate
from story.rules.settings import LENGTHS, SETTINGS, Decide, Settings, Turner
from story.rules.steps import How, Kind, Reading, Step, follow
from story.rules.trouble import Trouble, TroubleKind, Why
from story.services.library import Title
from story.times.series import Repeat
from tests.builders import ANNA, BEN, CLEO, NOON, linked, options_of, place, scene, step, story
from tests.cogs.ui.test_texts import all_refusals

READING = Reading(7, 1, 2, "tale", 3)
UTC_ZONE = ZoneInfo("UTC")
MEMBER = 10**19
"""A member's number of the most digits."""
WIDE = Scene("wide", "Wide", tuple(Section(Pov(str(n), f"{'字' * 39}{n}", 1), "text") for n in range(3)))
"""A scene told by those whose names take the most room."""
TALE = story("A", "AB", "ABC", rating="Teen", blurb="A blurb.", credits="A credit.")
GERMAN = replace(TALE, language="de", povs=(replace(ANNA, name="Änne"), replace(BEN, name="Bernd"), CLEO))
TITLE = Title(TALE.id, TALE.title)
PATH = place("1A", "2B")
READERS = tuple(Reader(member, NOON) for member in (MEMBER, MEMBER - 1, MEMBER - 2))
SESSION = Session(5, 1, 2, MEMBER, READERS, NOON, 1)


def ways(*told: Scene) -> tuple[Option, ...]:
    """A choice between ways whose labels take the most room."""
    return tuple(Option(each.id, "字" * 200, each, each.povs[0]) for each in told)


def followed(povs: Iterable[Pov]) -> tuple[Option, ...]:
    """A choice between POVs to follow, each a thousand scenes further on."""
    return tuple(Option(pov.id, pov.name, WIDE, pov, number * 1000) for number, pov in enumerate(povs))


def branches() -> Iterator[Ballot]:
    """Ballots on ways, and on POVs to follow."""
    for options in (ways(*TALE.scenes), followed(WIDE.povs * 3)):
        fresh = Ballot(options, place("1A"), host=MEMBER)
        cast = replace(fresh, presses=Presses([Press(MEMBER, options[1].id)]), known=frozenset({MEMBER, 4}))
        for each in (fresh, cast, replace(cast, closes_at=NOON)):
            for decide in Decide:
                yield replace(each, settings=Settings(decide=decide))


def ballots(told: Scene, by: int = MEMBER) -> Iterator[Ballot]:
    """Ballots on a scene whose last POV was never heard, for each way to be decided, to be led and to wait."""
    votes = Presses(Press(by - n, section.pov.id) for n, section in enumerate(told.sections[:2]))
    often = [Step(n, Kind.SECTION, NOON, f"scene-{n}", pov.id) for n, pov in enumerate(told.povs[:-1] * 2, 2)]
    fresh = Ballot(options_of(told), follow([step(1, Kind.START), *often]), host=by)
    cast = replace(fresh, presses=votes, closes_at=NOON, known=frozenset({3, 4}), restarts=2)
    yield fresh
    yield cast
    yield replace(cast, options=cast.options[:1], closes_at=None)
    yield replace(cast, known=frozenset())
    yield replace(cast, presses=Presses([Press(by, ready=True)]), known=frozenset())
    yield replace(fresh, serial=Serial(Every.DAILY, NOON, UTC_ZONE))
    yield replace(cast, serial=Serial(Every.DAILY, NOON, UTC_ZONE))
    for restarts in (0, 1, 2):
        yield replace(cast, settings=Settings(quorum=50), restarts=restarts)
    yield replace(fresh, settings=Settings(decide=Decide.HOST), host=0)
    for settings in (
        Settings(hidden=True),
        Settings(early=False),
        *(Settings(decide=decide) for decide in Decide),
        *(Settings(turner=turner, role=by) for turner in Turner),
        Settings(turner=Turner.ROLE),
        Settings(voters=by),
    ):
        for each in (fresh, cast, *in_session(fresh), *in_session(cast)):
            yield replace(each, settings=settings)


def in_session(ballot: Ballot) -> Iterator[Ballot]:
    """The same ballot in a session: with everybody there, with some away, with everybody ready, and while it pauses."""
    attendance = Attendance(SESSION, NOON, timedelta(minutes=3), NOON)
    later = replace(SESSION, readers=(READERS[0], Reader(MEMBER - 1, NOON - timedelta(hours=1))))
    for each in (
        attendance,
        replace(attendance, shown_at=NOON - timedelta(hours=1), session=later),
        replace(attendance, session=replace(SESSION, paused=True)),
    ):
        yield replace(ballot, attendance=each, closes_at=None)
    yield replace(ballot, attendance=attendance, closes_at=None, turns_at=NOON)


def page(*told: str, ballot: Ballot | None = None, **more: Any) -> Page:
    return Page(READING, TALE, place(*told), ballot, **more)


def pages() -> Iterator[Page]:
    """Queries before the story, at its end, at a place that is gone, that could not be posted, and over each ballot."""
    yield from (page(), page("1A"), page("1A", "2A", "3B"))
    held = place("1A")
    yield Page(replace(READING, held=True), TALE, held, None)
    yield Page(READING, TALE, replace(held, last=replace(held.last, failure=DeliveryFailure.REFUSED)), None)
    for ballot in ballots(scene(2, "AB")):
        posted = place("1A")
        yield Page(READING, TALE, replace(posted, last=replace(posted.last, message=9)), ballot)


def steps() -> Iterator[Step]:
    """Steps of every kind and way to be decided, by somebody and by nobody in particular."""
    for kind in Kind:
        for how in (None, *How):
            for by, chooser, cast in ((MEMBER, None, 5), (None, None, 1), (None, MEMBER, 0)):
                yield Step(3, kind, NOON, "scene-2", "anna", how, cast, cast, by=by, chooser=chooser)


def heard() -> list[Any]:
    """Two sections, one posted and with a recap, the other with neither."""
    first, second = TALE.scenes[:2]
    return [(step(2, message=9), first, first.sections[0]), (step(3), second, Section(BEN, "text"))]


def lobbies() -> Iterator[Lobby]:
    many = tuple(Reader(member, NOON) for member in range(1, 50))
    for session in (SESSION, replace(SESSION, began_at=None, readers=()), replace(SESSION, readers=many)):
        yield Lobby(session, None, MEMBER)
        yield Lobby(session, page("1A"), MEMBER)
        for ballot in ballots(scene(2, "AB")):
            attendance = ballot.attendance and replace(ballot.attendance, session=session)
            yield Lobby(session, page("1A", ballot=replace(ballot, attendance=attendance)), MEMBER)


def endings() -> Iterator[Ended]:
    yield Ended((), None, (), timedelta(0))
    yield Ended((MEMBER,), page("1A"), tuple(heard() * 9), timedelta(minutes=5))
    won = replace(step(4, told="3B"), how=How.VOTES)
    yield Ended((MEMBER,), page("1A", "2A", "3B"), ((won, *heard()[0][1:]),), timedelta(minutes=1))


def events() -> list[SessionDate]:
    return [SessionDate(2, 1, MEMBER, NOON, NOON, repeat, UTC_ZONE, role) for repeat in Repeat for role in (None, 5)]


def rsvps() -> list[Rsvp]:
    return [Rsvp(MEMBER, says, remind) for says in (None, *Coming) for remind in (True, False)]


def planned() -> Iterator[Planned]:
    """Dates with nothing known of their story, before it and in the middle of it, and with few or many who come."""
    many = tuple(Rsvp(member, says) for says in Coming for member in range(MEMBER - 99, MEMBER))
    for date in (events()[0], replace(events()[-1], message=9)):
        yield Planned(date, None, None)
        yield Planned(date, None, story("A", title="字" * 256))
        for come in (tuple(rsvps()), many):
            for names in (True, False):
                yield Planned(date, page("1A"), TALE, come, names, reminded=not names)
    yield Planned(events()[0], page(), TALE)


def all_settings() -> Iterator[Settings]:
    yield Settings()
    yield Settings(decide=Decide.HOST, hidden=True, early=False, turner=Turner.ROLE, role=5, home=6, quorum=3, voters=7)
    yield Settings(discuss=True, quiet=True, plain=True, language="de", story="tale")
    yield from (Settings(turner=turner, decide=decide) for turner in Turner for decide in Decide)
    yield from (Settings(seconds=seconds) for seconds in LENGTHS)


DRAFT = Draft(
    "A Tale",
    ("An Author",),
    (Part("", "A note.", 1, is_note=True), Part("Anna", "Some text.", 3), Part("", "More.", 0)),
    warnings=(Mistake(Path("tale.txt"), 5, "*odd*"), Mistake(Path("tale.txt"), 0, "odder")),
)


DOUBTS = [
    Doubt(DoubtStep.MERGE, "Ana", 0.3, "so", 3, "Anna"),
    Doubt(DoubtStep.NO_NARRATOR, "Rain", 0.5, "so", 0),
    Doubt(DoubtStep.STORY, "A note.", 0.5, "so", 1, part=0),
]


def mistakes(number: int) -> list[Mistake]:
    """As many mistakes, the first of them within a book."""
    return [Mistake(Path("book.epub/OEBPS/*one*.xhtml"), 1, "x"), *[Mistake(Path("a.md"), 2, "y")] * (number - 1)]


def troubles() -> list[Trouble]:
    """All that can be wrong."""
    of_lanes = [
        (kind, why) for kind in TroubleKind for why in (Why if kind in {"story", "serial"} else DeliveryFailure)
    ]
    return [Trouble(kind, 1, MEMBER, why) for kind, why in of_lanes]


def refusals() -> list[errors.Refusal]:
    return [
        *all_refusals(),
        errors.NoReading(),
        errors.PageTurned(5, None),
        errors.UnreadableTime("friday", lacks_time=True),
        errors.NotInSession(),
        errors.NotInSession(yourself=False),
        errors.NotYourChoice(MEMBER),
        errors.AdultStory("A Tale", "Explicit", private=True),
        errors.NotDelivered(MEMBER, "forbidden"),
        errors.NotYours(0),
        errors.Refusal(),
    ]


def call(*arguments: Any, **named: Any) -> Callable[[Any], Any]:
    return lambda function: function(*arguments, **named)


def each_of(*examples: Iterable[Any]) -> list[Callable[[Any], Any]]:
    return [call(example) for every in examples for example in every]


FORKED = Page(READING, linked(TALE, (1, "23")), place("1A"), Ballot(ways(*TALE.scenes), place("1A")))
"""A page of a story that branches."""
SHOWN = [name for name, each in SETTINGS.items() if each.is_shown]
EXAMPLES: dict[str, list[Callable[[Any], Any]]] = {
    "about": [call([TALE])],
    "alert_button": [call(what, on=on) for what in ALERTS for on in (True, False)],
    "alerts": [call(ALERTS), call(())],
    "at_home": [call(5)],
    "begun": [call(page())],
    "bookmarked": [call(heard()[0], kept=kept) for kept in (True, False)],
    "bookmarks": [call([]), call([(READING, each) for each in heard()])],
    "calendar": [call([]), call(events())],
    "broken": [call(mistakes(number)) for number in (1, 10, 11, 1234)],
    "byline": [call(TALE)],
    "cancelled": [call(NOON)],
    "closing": [call(page("1A", "2A", "3B"), number) for number in (1, 3)],
    "colour_name": each_of(PALETTE),
    "colour_of": [call(ANNA)],
    "confirm_remove": [call(TALE, []), call(TALE, [5]), call(TALE, list(range(MEMBER, MEMBER + 30)))],
    "confirm_aside": [call("A Tale", 5, "Fork")],
    "confirm_restart": [call(page("1A"))],
    "confirm_stop": [call(page("1A"))],
    "forbidden": [call()],
    "handed_over": each_of((MEMBER, 0)),
    "help_text": [call("`/{}`".format)],
    "help_about": [call("help.together", "`/{}`".format)],
    "help_subjects": [call()],
    "confirm_forget_me": [call()],
    "introduction": [call()],
    "exported": [call(TALE), call(TALE, whole=False)],
    "held": [call(snag) for snag in DeliveryFailure],
    "last_section": [call(READING, step(2)), call(READING, step(2, message=9))],
    "lobby": each_of(lobbies()),
    "needs_manage_server": [call()],
    "date_card": [call(each, event=event) for each in planned() for event in (True, False)],
    "date_choice": each_of(events()),
    "date_over": each_of(Over),
    "direct_alert": [call(page("1A", ballot=replace(next(ballots(WIDE)), closes_at=NOON)), what) for what in ALERTS],
    "direct_reminder": each_of(planned()),
    "directs_closed": [call()],
    "event_name": each_of(planned()),
    "may_not_ping": [call(MEMBER, by_you=by_you) for by_you in (True, False)],
    "next_label": each_of(ballots(WIDE)),
    "place_of": each_of(events()),
    "posted_late": [call(5, 6, 7), call(-6, 6, 7)],
    "reading_choice": [
        call("A Tale", READING, page("1A")),
        call("A Tale", READING, None),
        call("字" * 256, replace(READING, gone_at=NOON), None),
    ],
    "trouble": each_of(troubles()),
    "status": [
        call([(READING, each), (READING, None)], found, log, missing)
        for each in pages()
        for found, log, missing in (([], None, ""), (troubles(), 6, "I may not."))
    ],
    "translations_label": [call([GERMAN]), call([GERMAN] * 4)],
    "translated_head": [call(page("1A"), GERMAN, heard()[0][1:], part, parts) for part, parts in ((1, 1), (2, 2))],
    "translated_vote": [call(each, GERMAN, TALE.scenes[0]) for each in pages()],
    "told_by_whom": [call(TALE, TALE.povs)],
    "unchanged": [call(None, Press(1)), *(call(each, Press(1, "anna")) for each in ballots(WIDE))],
    "your_rsvp": each_of(rsvps()),
    "your_vote": [
        call(each, press) for each in ballots(WIDE) for press in (Press(1), Press(1, ready=True), *each.presses)
    ],
    "mode_label": each_of(Mode),
    "mode_means": [call(Meaning(Mode.FOLLOW, 12, 11)), call(Meaning(Mode.IN_ORDER, 1, 0))],
    "missed": [call(page("1A"), heard()), call(page("1A"), heard()[:1])],
    "missing_permissions": [call(5, sorted({*NEEDED, *NEEDED_IN_THREADS, *NEEDED_IN_VOICE}))],
    "locked": [call()],
    "not_there": [call(5, snag) for snag in DeliveryFailure],
    "slow": [call()],
    "moved": [call()],
    "moved_there": [call(page("1A"), 9, 5)],
    "set_aside": [call()],
    "next_date": each_of(events()),
    "on_hold": [call()],
    "opening": [
        call(TALE),
        call(story("A", content_notes=())),
        call(story("A", povs=tuple(Pov(str(n), f"P{n}", 1) for n in range(40)))),
    ],
    "options": [call(name, [TITLE]) for name in SHOWN],
    "outcome": [call(each, taken) for taken in steps() for each in (page("1A"), FORKED)],
    "doubt_label": [call(number, doubt) for number, doubt in enumerate(DOUBTS, 1)],
    "part_label": [call(part) for part in DRAFT.parts],
    "path_alt": [
        call(page("1A"), [(ANNA, [1, 2, 4], [3]), (BEN, [], [1])]),
        call(page("1A"), [(CLEO, list(range(1, 900, 2)), [2])]),
        call(page("1A"), [(pov, [1], [2]) for pov in WIDE.povs * 20]),
    ],
    "path_caption": [call([]), call([(1, ANNA)])],
    "path_head": [call(page("1A"), 0), call(page("1A"), 2)],
    "path_left_out": [call(1), call(1234)],
    "path_line": [call(1, None, ANNA, []), call(1, TALE.scenes[0], ANNA, [BEN])],
    "path_place": [call(page("1A"), 2, 3, 9)],
    "path_title": [call(TALE)],
    "posted_already": [call(page("1A"), 9)],
    "preview": [
        *(
            call(tale, None)
            for tale in (TALE, FORKED.story, story("A", "B"), story("A", "B", vote=Vote.ORDER), story("A"))
        ),
        call(story("A"), DRAFT, DOUBTS),
    ],
    "privacy_text": [call()],
    "progress": each_of(pages()),
    "question": each_of(ballots(scene(2, "AB")), branches()),
    "readers": each_of(lobbies()),
    "recap": [call(page("1A"), heard())],
    "refusal": each_of(refusals()),
    "rehearsal": [call("Ann")],
    "reminder": each_of(events()),
    "reminding": [call(events()[0], each) for each in rsvps()],
    "rsvp_label": [call(each, says) for each in planned() for says in Coming],
    "reread_head": [
        call(page("1A"), TALE.scenes[0], TALE.scenes[0].sections[0]),
        call(page("2B"), TALE.scenes[1], TALE.scenes[1].sections[0]),
        call(page("1A"), TALE.scenes[1], TALE.scenes[1].sections[0]),
        call(FORKED, TALE.scenes[2], TALE.scenes[2].sections[0]),
    ],
    "scene_of": each_of(pages(), [FORKED]),
    "section_gone": [call()],
    "section_head": [call(page("1A"), *heard()[0][1:], part, parts) for part, parts in ((1, 1), (1, 2), (2, 2))],
    "serial_set": [call(each, Serial(every, NOON, UTC_ZONE)) for each in pages() for every in Every],
    "session_ended": [call(each, session_date) for each in endings() for session_date in (None, events()[0])],
    "setting_changed": [call(each, name, [TITLE]) for each in all_settings() for name in SHOWN],
    "setting_effect": [call(each, name, [TITLE]) for each in all_settings() for name in SHOWN],
    "setting_page": [call(each, name, [TITLE]) for each in all_settings() for name in SHOWN],
    "setting_value": [call(each, name, [TITLE]) for each in all_settings() for name in SHOWN],
    "settings_panel": [
        call(each, SHOWN, {"decide"}, of_reading=of_reading, stories=[TITLE])
        for each in all_settings()
        for of_reading in (True, False)
    ],
    "library": [call([TALE])],
    "started_there": [call("https://example.org", "A Tale", 5)],
    "state": each_of(ballots(scene(2, "AB")), branches()),
    "story_info": [call(TALE)],
    "story_line": [call(TALE), call(story("A"))],
    "story_kept": [call(TALE)],
    "story_removed": [call(TALE)],
    "taken_back": [call(page("1A")), call(replace(page("1A"), place=place("1A")))],
    "thread_name": each_of(pages()),
    "threads_not_allowed": [call()],
    "too_large": [call(3_000_000, 2_097_152)],
    "transcript_of": [call(page("1A"), sections) for sections in (1, 2)],
    "unexpected": [call("abc")],
    "vote_counted": [
        call(each, press, next_pressed=next_pressed)
        for each in pages()
        for press, next_pressed in ((Press(1), True), (Press(1), False), (Press(1, "anna"), False))
    ],
    "vote_label": [call(label, votes) for label in ("Anna", "字" * 200) for votes in (0, 1, 2, 1234)],
    "vote_told": [call(taken, each) for each in steps() for taken in (page("1A"), FORKED)],
    "where": each_of(pages(), [replace(FORKED, ballot=each) for each in branches()]),
}
"""How each function is called."""
