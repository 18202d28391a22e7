"""Says in a line what is doubtful about a manuscript, and what settles it."""

from story.importing.doubts import Doubt, Step


def in_words(doubt: Doubt) -> str:
    """Return a doubt as a line for its author."""
    match doubt.step:
        case Step.MERGE:
            return f"{doubt.about}: did you mean {doubt.into}? If so, give both the same name"
        case Step.NO_NARRATOR:
            return f"{doubt.about}: is this who tells what follows? ({doubt.why}) If so, write “{doubt.about} POV”"
        case Step.NOTE:
            return f"told as story: “{doubt.about}” ({doubt.why}) If it is a note, write “A/N: ” before it"
        case _:
            return f"taken for a note: “{doubt.about}” ({doubt.why})"
