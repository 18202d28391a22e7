"""The map in words, for screen readers and wherever there is no picture."""

from story.model import Scene
from story.rules.links import Way, Ways


def describe(ways: Ways) -> str:
    """Return the map of a story as text: a line for each scene, and for each way on if there are several."""
    story = ways.story
    number = {scene.id: at for at, scene in enumerate(story.scenes, 1)}
    povs = ", ".join(pov.name for pov in story.povs)
    lines = [f"Map of {story.title}.", f"Scenes: {len(story.scenes)}. POVs: {povs}."]
    for scene in story.scenes:
        lines.append(f"{number[scene.id]}. {scene.title}. Told by {_names(scene)}.{_remarks(ways, scene, number)}")
        on = ways.on_from[scene.id]
        if len(on) > 1:
            lines += [f"   “{way.label}” leads to {_target(way, number)}." for way in on]
    return "\n".join(lines) + "\n"


def _remarks(ways: Ways, scene: Scene, number: dict[str, int]) -> str:
    on = ways.on_from[scene.id]
    remarks = "" if scene.id in ways.reachable else " No way leads here."
    if not on:
        return f"{remarks} The story ends here."
    if len(on) > 1:
        return f"{remarks} Ways on: {len(on)}."
    goes_on = number[on[0].scene.id] == number[scene.id] + 1
    return remarks if goes_on else f"{remarks} Leads to {_target(on[0], number)}."


def _names(scene: Scene) -> str:
    *others, last = [pov.name for pov in scene.povs]
    return f"{', '.join(others)} and {last}" if others else last


def _target(way: Way, number: dict[str, int]) -> str:
    return f"{number[way.scene.id]}, {way.scene.title}"
