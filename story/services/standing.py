"""Where a reading stands, and what can be done there."""

from story.errors import AdultStory, NoSuchScene, ReadingAside, ReadingOver, UnknownScene
from story.model import Scene, Story
from story.rules.page import Page, Passed
from story.rules.steps import Reading, State


def require_open(reading: Reading) -> None:
    """Require that a reading is open.

    Raises:
        ReadingOver, ReadingAside: it is not.
    """
    if reading.state is State.STOPPED:
        raise ReadingOver
    if reading.state is State.ASIDE:
        raise ReadingAside


def scene_of(story: Story, asked: str | None) -> Scene | None:
    """Return the scene of a story by an id or a title, whatever the case; None if none is asked for.

    Raises:
        NoSuchScene: there is none.
    """
    if asked is None:
        return None
    wanted = asked.strip().casefold()
    for scene in story.scenes:
        if wanted in {scene.id.casefold(), scene.title.casefold()}:
            return scene
    raise NoSuchScene(asked, story.title)


def require_not_held(page: Page) -> None:
    """Require that a reading is not on hold.

    Raises:
        AdultStory: it is on hold, because of its channel.
    """
    if page.reading.held:
        raise AdultStory(page.story.title, page.story.rating)


def last_heard(so_far: list[Passed]) -> int:
    """Return the index of the scene heard last, among those passed."""
    return max(range(len(so_far)), key=lambda i: step.n if (step := so_far[i].step) else 0)


def find_scene(so_far: list[Passed], asked: str) -> int:
    """Return the index of a scene by its id or title, whatever the case, among those passed.

    Raises:
        UnknownScene: it is not there.
    """
    wanted = asked.strip().casefold()
    for i, each in enumerate(so_far):
        if wanted in {each.scene.id.casefold(), each.scene.title.casefold()}:
            return i
    raise UnknownScene(asked)
