"""`play`: reads a story in the terminal, with a group's choices."""

import argparse
import secrets
from collections import Counter
from pathlib import Path

from rich.markdown import Markdown
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from story.authoring.simulation import Told, tell
from story.cli.chance import report, roll
from story.cli.loading import Loaded, load
from story.cli.tables import named
from story.cli.terminal import FINE, CannotDoError, Terminal, count, plain
from story.rules.ballot import Ballot
from story.rules.measure import words as count_words
from story.rules.options import Option
from story.rules.options import options as options_at
from story.rules.presses import Press
from story.rules.settings import Order
from story.rules.steps import How

SUMMARY = "read a story in the terminal, or have it played at random"
DESCRIPTION = """\
Read a story here as a group does on Discord: you choose who tells the next scene, and which way the story goes. Enter
goes on without a vote, by the ballot's rule: the POV heard least comes next, or in a tie the first one. q quits.

With --order follow, a POV can be followed through the scenes ahead where each of them is told by one: a vote for it
skips what lies before its next part.

With --runs or --seed nobody is asked: the story is played so many times at random, and the command reports which
sections were never reached, how long the ways through are, and how often each POV was offered and chosen."""
EXAMPLES = """\
examples:
  python -m story play my-stories/the-well
  python -m story play my-stories/the-well --order follow
  python -m story play my-stories/the-well --runs 1000
  python -m story play my-stories/the-well --runs 1000 --seed 7      the same runs every time"""
RUNS = 1_000
WIDEST = 84
"""How many columns a line of prose has; longer ones tire the eye."""
KEYS = "123456789"
"""The keys for choices; for more than these, a number and Enter."""
ME = 1
"""The only member who reads here."""
HOW = {
    How.VOTES: "your vote",
    How.HEARD_LEAST: "no vote; heard least so far",
    How.ORDER: "no vote; comes first in the story",
}


class _Quit(Exception):  # noqa: N818 - nothing is wrong
    """The player has had enough."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("path", type=Path, metavar="PATH", help="a story")
    parser.add_argument(
        "--runs", type=int, metavar="N", help=f"play so many times at random ({RUNS} with --seed alone)"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="the seed of chance (random without it)")
    parser.add_argument(
        "--order", type=Order, choices=list(Order), default=Order.STORY, help="in which order the scenes come"
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Play the story at the path."""
    if options.runs is not None and options.runs < 1:
        raise CannotDoError(f"--runs {options.runs}: expected a number of 1 or more")
    loaded = load(options.path)
    if options.runs is None and options.seed is None:
        _Player(loaded, terminal, options.order).play()
        return FINE
    seed = secrets.randbelow(10**6) if options.seed is None else options.seed
    report(loaded, roll(loaded, options.runs or RUNS, seed, terminal, options.order), seed, terminal)
    return FINE


class _Player:
    """Somebody who plays at a terminal."""

    def __init__(self, loaded: Loaded, terminal: Terminal, order: Order) -> None:
        self._loaded = loaded
        self._terminal = terminal
        self._order = order
        self._width = min(terminal.out.width, WIDEST)

    def play(self) -> None:
        """Play from the beginning to an end, or until the player quits."""
        self._open()
        heard: list[Told] = []
        try:
            for told in tell(self._loaded.story, self._vote, self._order):
                heard.append(told)
                self._show(told)
            self._terminal.say("\nThe end.")
        except _Quit:
            self._terminal.say("\nUntil next time.")
        sections = Counter(told.section.pov.name for told in heard)
        words = sum(count_words(told.section.text) for told in heard)
        whom = ", ".join(f"{name} {times}" for name, times in sections.most_common())
        self._terminal.say(
            f"{count(len(heard), 'section')} heard, {count(words, 'word')}" + (f": {whom}" if whom else "")
        )

    def _open(self) -> None:
        story = self._loaded.story
        self._terminal.say(Text(plain(story.title), style="bold"))
        self._terminal.say(f"by {', '.join(story.authors)}")
        for line in (story.blurb, ", ".join(filter(None, (story.rating, *story.content_notes)))):
            if line:
                self._terminal.say(line)

    def _show(self, told: Told) -> None:
        """Show a section, in a frame of its POV's colour if there are colours."""
        pov, scene = told.section.pov, told.scene
        if told.ballot.is_branch:
            self._terminal.say(Text(f"{plain(told.decision.option.label)} ({HOW[told.decision.how]})", style="dim"))
        elif told.ballot.is_choice:
            self._terminal.say(Text(f"{plain(pov.name)} tells it ({HOW[told.decision.how]})", style="dim"))
        at = self._loaded.story.scenes.index(scene) + 1
        head = plain(f"{at}/{len(self._loaded.story.scenes)}  {scene.title} · {pov.name}")
        text = Markdown(plain(told.section.text))
        self._terminal.say()
        if self._terminal.out.is_terminal:
            frame = f"#{pov.colour:06x}"
            title = Text(head, style="bold")
            self._terminal.out.print(
                Panel(text, title=title, title_align="left", border_style=frame, padding=(1, 2), width=self._width)
            )
        else:
            self._terminal.say(head)
            self._terminal.out.print(text, width=self._width)
        if len(options_at(self._loaded.story, told.place, self._order)) == 1:
            # The next section asks nothing first, so give the player time to finish this one.
            self._choose("Enter goes on, q ends.")

    def _vote(self, ballot: Ballot) -> tuple[Press, ...]:
        self._terminal.say(f"\n{_question(ballot)}")
        chosen = self._choose("A number votes, Enter goes on without a vote, q ends.", ballot)
        return (Press(ME, chosen.id) if chosen else Press(ME, ready=True),)

    def _choose(self, how: str, ballot: Ballot | None = None) -> Option | None:
        """Ask for one of the options by number or name; None for Enter alone."""
        offered = ballot.options if ballot else ()
        if ballot:
            choices = Table.grid(padding=(0, 2))
            for number, option in enumerate(offered, 1):
                choices.add_row(Text(str(number), style="bold"), _line(option, ballot.place.heard(option.pov.id)))
            self._terminal.say(choices)
        self._terminal.say(Text(how, style="dim"))
        while True:
            answer = self._terminal.answer(one_key=len(offered) <= len(KEYS))
            if answer is None or answer.casefold() == "q":
                raise _Quit
            if not answer:
                return None
            chosen = ballot.find(answer) if ballot else None
            if chosen:
                return chosen
            if answer.isdecimal() and 1 <= int(answer) <= len(offered):
                return offered[int(answer) - 1]
            self._terminal.say(f"“{answer}” is none of these. {how}")


def _question(ballot: Ballot) -> str:
    if ballot.is_branch:
        return "Which way does it go?"
    title = ballot.options[0].scene.title
    follows = any(option.skipped for option in ballot.options)
    return "Whose part comes next?" if follows else f"Who tells the next scene, “{title}”?"


def _line(option: Option, heard: int) -> Text:
    if option.is_way:
        return Text(plain(option.label))
    pov = option.pov
    so_far = f" (heard {heard})" if heard else ""
    skips = f" (skips {count(option.skipped, 'scene')})" if option.skipped else ""
    return Text.assemble(named(pov), so_far, skips, (plain(f"  {pov.blurb}"), "dim"))
