"""The text under a section: the question, who decides, when the page turns, and the outcome."""

from cogs.ui.texts.facts import (
    MOST_LABEL,
    label_of,
    name_chosen,
    name_of,
    name_taken,
    plain,
    shortened,
    skipping,
)
from cogs.ui.texts.looking_back import last_section
from cogs.ui.texts.pieces import bold, button, listed, relative, role, small, who
from cogs.ui.texts.speech import current_locale, dot, t
from story.rules.ballot import Ballot
from story.rules.page import Page
from story.rules.presses import Press
from story.rules.session import Attendance
from story.rules.settings import Decide, Turner
from story.rules.steps import How, Kind, Step

MOST_NAMED = 27
"""How many members' votes are named: as many as fit into MOST_NAMES_TEXT, so that a crowd costs nothing."""
MOST_NAMES_TEXT = 600
"""The most characters of names on a card."""
MOST_WAITED_FOR = 8
"""How many members a card names as waited for."""


def vote_label(label: str, votes: int) -> str:
    """Label an option's button with its name, and its votes if it has any."""
    if not votes:
        return shortened(label)
    if current_locale().plain:
        return t(
            "vote.label.plain",
            label=shortened(label, MOST_LABEL - len(t("vote.label.plain", label="", n=votes))),
            n=votes,
        )
    counted = f"{dot()}{votes}"
    return shortened(label, MOST_LABEL - len(counted)) + counted


# ---- while it is open


def question(ballot: Ballot) -> str:
    """Ask for votes, and say how many have answered and how long there is time."""
    asked = [bold(t("question.branch" if ballot.is_branch else "question.pov"))] if ballot.is_choice else []
    return "\n".join([*asked, small(state(ballot)), *_voters(ballot), *_names(ballot), *_nudge(ballot), *skips(ballot)])


def _voters(ballot: Ballot) -> list[str]:
    """Say who votes, if not everybody does."""
    wanted = ballot.settings.voters
    return [small(t("ballot.voters", role=role(wanted)))] if wanted else []


def state(ballot: Ballot) -> str:
    """Say in a line or two who decides, how many have answered, and when the page turns."""
    return f"{who_decides(ballot)} {_when_it_turns(ballot)}"


def who_decides(ballot: Ballot) -> str:
    """Say whose choice it is, and what they have chosen."""
    if not ballot.is_choice:
        return t("ballot.only", pov=plain(ballot.options[0].pov.name))
    if ballot.decided_by is Decide.VOTE:
        return t("ballot.hidden", n=ballot.tally.total()) if ballot.hides_votes else t("ballot.vote")
    name = name_chosen(ballot)
    if name:
        return t(f"ballot.{ballot.decided_by}.chosen", who=who(ballot.chooser), name=name)
    return t(f"ballot.{ballot.decided_by}", who=who(ballot.chooser))


def _when_it_turns(ballot: Ballot) -> str:  # noqa: PLR0911 - a table
    if ballot.attendance:
        return _state_of_session(ballot, ballot.attendance)
    if ballot.serial:
        at = ballot.closes_at
        soon = "turn.serial.stalled" if ballot.serial.by_dates else "turn.serial.soon"
        return t("turn.serial", when=relative(at)) if at else t(soon)
    if ballot.waits_for_session:
        return t("turn.session")
    if ballot.led:
        return t("turn.led", who=_leaders(ballot), button=button("button.next"))
    if ballot.closes_at:
        return dot().join([t("turn.closes", when=relative(ballot.closes_at)), *_what_it_waits_for(ballot)])
    if not ballot.is_choice:
        return t("turn.next", button=button("button.next"))
    return t("turn.branch" if ballot.is_branch else "turn.pov", button=button("button.next"))


def _what_it_waits_for(ballot: Ballot) -> list[str]:
    if ballot.decided_by is not Decide.VOTE:
        return [t("waits.choice")]
    if ballot.answered < ballot.settings.quorum:
        again = [t("waits.restarted", n=ballot.restarts)] if ballot.restarts else []
        return [t("waits.quorum", answered=ballot.answered, quorum=ballot.settings.quorum), *again]
    if ballot.wants_next and ballot.settings.early:
        return [t("waits.next", button=button(next_label(ballot)))]
    return [t("waits.answered", answered=ballot.answered, present=ballot.present)]


def _leaders(ballot: Ballot) -> str:
    """Say who turns the page, if not everybody does."""
    if ballot.settings.turner is not Turner.ROLE:
        return who(ballot.led_by)
    wanted = ballot.settings.role
    return t("leader.role", role=role(wanted)) if wanted else t("leader.moderator")


def _state_of_session(ballot: Ballot, attendance: Attendance) -> str:
    present, away = len(attendance.present), len(attendance.away)
    told = [t("session.away", n=away)] if away else []
    return " ".join(
        [*(told if present else [t("session.all_away")]), _when_a_session_turns(ballot, attendance, present)]
    )


def _when_a_session_turns(ballot: Ballot, attendance: Attendance, present: int) -> str:
    if attendance.session.paused:
        return t("session.paused")
    if ballot.turns_at:
        return t("session.all_ready" if present else "session.turns_at", when=relative(ballot.turns_at))
    if ballot.led:
        return t("turn.led", who=_leaders(ballot), button=button(next_label(ballot)))
    return t("session.turns", button=button("button.ready"))


def next_label(ballot: Ballot) -> str:
    """Return the message id of the Next button's label: in a session it says that somebody is ready."""
    return "button.ready" if ballot.attendance and not ballot.led else "button.next"


def _names(ballot: Ballot) -> list[str]:
    """Say who voted for what and who is waited for, or of many only how many."""
    if ballot.hides_votes or not ballot.settings.names:
        return _waiting(ballot)
    lines: list[str] = []
    if ballot.is_choice and len(ballot.presses) <= MOST_NAMED:
        for option in ballot.options:
            voters = [f"<@{press.member}>" for press in ballot.presses if press.pov == option.id and press.member > 0]
            if voters:
                lines.append(small(t("votes.of", label=plain(shortened(option.label)), who=listed(voters))))
    named = lines if sum(map(len, lines)) <= MOST_NAMES_TEXT else []
    return [*named, *_waiting(ballot)]


def _waiting(ballot: Ballot) -> list[str]:
    """Say who is waited for, in a session."""
    if ballot.attendance is None or ballot.turns_at or ballot.attendance.session.paused:
        return []
    missing = ballot.waited_for
    if not missing or not ballot.presses.answered:
        return []
    if len(missing) > MOST_WAITED_FOR:
        return [small(t("waits.for.many", n=len(missing)))]
    return [small(t("waits.for", who=listed([who(member) for member in missing])))]


def your_vote(ballot: Ballot, press: Press) -> str:
    """Tell a member what they voted for."""
    label = label_of(ballot, press.pov)
    if label:
        return t("vote.yours", label=bold(plain(label)))
    return t("vote.yours.ready") if press.ready else t("vote.yours.none")


def unchanged(ballot: Ballot | None, press: Press) -> str:
    """Tell a member that their press changed nothing."""
    return t("vote.unchanged.ready") if press.ready or ballot is None else your_vote(ballot, press)


def _nudge(ballot: Ballot) -> list[str]:
    """Remind voters of the POV they heard longest ago, if there is one."""
    pov = ballot.longest_unheard
    return [small(t("ballot.nudge", pov=plain(pov.name)))] if pov else []


def skips(ballot: Ballot) -> list[str]:
    """Say what an option would skip."""
    found = [t("ballot.skip", name=each.label, n=each.skipped) for each in skipping(ballot)]
    return [small(t("ballot.skips", skips=listed(found)))] if found else []


def vote_counted(page: Page, press: Press, *, next_pressed: bool) -> str:
    """Tell a member what their command counted as."""
    ballot = page.ballot
    label = label_of(ballot, press.pov)
    said = t("vote.ready") if next_pressed else t("vote.cast", label=label) if label else t("vote.withdrawn")
    if ballot is None or (ballot.closes_at is None and not ballot.attendance):
        return said
    return f"{said} {state(ballot)}\n{last_section(page.reading, page.step)}".strip()


# ---- what became of it


def outcome(page: Page, step: Step) -> str:
    """Say how the ballot of a page ended, in place of its question."""
    return small(_outcome(page, step))


def _outcome(page: Page, step: Step) -> str:  # noqa: PLR0911 - a table
    name, pov, by = name_taken(page, step), name_of(page.story, step.pov), who(step.by)
    reason = "tie" if step.cast else "none"
    match step.kind, step.how:
        case Kind.BACK, _:
            return t("outcome.undone", who=by)
        case Kind.STOP, _:
            return t("outcome.stopped", who=by) if step.by else t("outcome.over")
        case Kind.RESTART, _:
            return t("outcome.restarted", who=by)
        case _, How.VOTES if step.chooser:
            return t("outcome.picked", who=who(step.chooser), name=name)
        case _, How.VOTES:
            return t("outcome.votes", name=name, votes=step.votes, n=step.cast)
        case _, How.HEARD_LEAST:
            return t(f"outcome.{reason}.{'least' if name == pov else 'least_pov'}", name=name, pov=pov)
        case _, How.ORDER:
            return t(f"outcome.{reason}.order", name=name)
        case _:
            return t("outcome.only", name=name)


def vote_told(page: Page, step: Step) -> str:
    """Say in a file why a POV told a section; nothing if there was no choice. It names no member."""
    if step.how in {None, How.ONLY}:
        return ""
    if step.chooser and step.how is How.VOTES:
        return t("outcome.picked.unnamed", name=name_taken(page, step))
    return _outcome(page, step)
