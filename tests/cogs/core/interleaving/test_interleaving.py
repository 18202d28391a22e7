"""Members do things at once, in any order, with commits that fail; what comes of it is what some order would bring."""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.cogs.core.interleaving.members import ACTS, BEFORE, LEADER, MEMBERS, Members
from tests.cogs.core.interleaving.room import Room
from tests.cogs.core.interleaving.seen import look

EXAMPLES = 120
MOST = 3
"""Things that are done at once, and deliveries that are carried out meanwhile."""
LONGEST = 2
"""Minutes that an example lasts: who does nothing for three may be taken for away."""
FURTHEST = 3
"""Minutes to a date, at most."""
SUBJECTS = [*([subject] for subject in [*ACTS] * 2), ["stories", "readings"], ["sessions", "dates"]]
"""What an example is about."""
NUMBER = st.integers(0, 11)
"""Which of what there is."""
MEMBER = st.sampled_from([LEADER, LEADER, *MEMBERS])
GATE = st.tuples(st.integers(0, MOST), st.sampled_from([False, False, True]))
"""Which gate is opened next, and whether a commit behind it fails."""


class Evening(RuleBasedStateMachine):
    """Has members act one by one and at once, in the order that is drawn; what is to be shown is so sooner or later."""

    empty: Path
    """A file with nothing but the schema, to be copied."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.room = Room()
        self.runner.run(self.room.open(Path(shutil.copy(self.empty, self.folder.name))))
        self.members = Members(self.room)

    @initialize(subjects=st.sampled_from(SUBJECTS), shown=st.booleans())
    def it_is_about(self, subjects: Sequence[str], shown: bool) -> None:  # noqa: FBT001 - hypothesis passes it by name
        """With something there already that they can be at odds about."""
        self.acts = [act for subject in subjects for act in ACTS[subject]]
        for subject in subjects:
            for which, act in enumerate(BEFORE[subject]):
                self.runner.run(self.room.begin(self.members.act(act, MEMBERS[which], 1)))
                self.runner.run(self.room.come_to_rest(shown=shown))

    @rule(act=NUMBER, member=MEMBER, which=NUMBER, shown=st.booleans())
    def somebody_does(self, act: int, member: int, which: int, shown: bool) -> None:  # noqa: FBT001 - hypothesis passes it by name
        self._begin(act, member, which)
        self.runner.run(self.room.come_to_rest(shown=shown))

    @precondition(lambda self: len(self.room.tasks) < MOST)
    @rule(
        acts=st.lists(NUMBER, min_size=1, max_size=2),
        members=st.lists(st.tuples(MEMBER, NUMBER), min_size=2, max_size=MOST),
        shown=st.integers(0, MOST),
        gates=st.lists(GATE, min_size=12, max_size=24),
    )
    def they_do_at_once(
        self, acts: list[int], members: list[tuple[int, int]], shown: int, gates: list[tuple[int, bool]]
    ) -> None:
        """The same or one of two things, while something is being shown."""
        for at, (member, which) in enumerate(members):
            self._begin(acts[at % len(acts)], member, which)
        for lane in range(min(shown, len(self.room.to_carry))):
            self.runner.run(self.room.begin(self.room.carry(lane)))
        for gate, fails in gates:
            if self.room.gates.shut:
                self.runner.run(self.room.let(gate, fails=fails))

    @precondition(lambda self: not self.room.tasks and self.room.minute < LONGEST)
    @rule()
    def a_minute_passes(self) -> None:
        self.room.clock.move(60)

    def _begin(self, act: int, member: int, which: int) -> None:
        self.runner.run(self.room.begin(self.members.act(self.acts[act % len(self.acts)], member, which)))

    def teardown(self) -> None:
        try:
            self.runner.run(self._ends())
        finally:
            self.runner.run(self.room.close())
            self.runner.close()
            self.folder.cleanup()

    async def _ends(self) -> None:
        """Compare, and once more when every date has come."""
        await self.room.come_to_rest()
        await self._compare()
        self.room.clock.move(60 * (LONGEST + FURTHEST - self.room.minute))
        await self.room.begin(self.members.come_due(surely=True))
        await self.room.come_to_rest()
        await self._compare()

    async def _compare(self) -> None:
        seen = await self.room.ask(look(self.room, self.members))
        assert seen.world in {world.visible() for world in self.room.orders.worlds}
        screen = self.room.screen
        assert {begins: screen.pressable(begins) for begins in seen.pressable} == seen.pressable
        to_come = [each.start_time for each in screen.events.values() if each.start_time > self.room.clock()]
        assert to_come == [at for at in seen.events if at > self.room.clock()]


def test_whatever_happens_at_once_could_have_happened_one_after_another(empty_file: Path) -> None:
    Evening.empty = empty_file
    # Not for long: of a mistake the first example tells enough.
    phases = [Phase.generate]
    run_state_machine_as_test(
        Evening,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=12, derandomize=True, deadline=None, phases=phases, database=None
        ),
    )
