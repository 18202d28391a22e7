"""What the bots are given to read: settings, and stories of a known length."""

import random
from pathlib import Path

SECTION = 2500
"""Characters in a section: as many as `story check` lets one have."""
POVS = ("anna", "ben", "cleo")
STORY = "bench"
WEEK = 604_800
SENTENCES = (
    "The lamp over the door was still burning when she came back.",
    "Nobody had thought to put it out, so the whole street could see how late it was.",
    "He counted the stairs, as he always did, and stopped at the ninth.",
    "“You might have written,” said somebody behind the curtain.",
    "It had rained since noon.",
    "The letter lay where it had fallen, with its face to the floor.",
    "There were two cups on the table, and only one of them was empty.",
    "She laughed, but not for long.",
    "Further down the road a dog had begun to bark at nothing in particular.",
    "What he meant to say was something else, and they both knew it.",
    "*Not today*, she thought, and opened the window.",
    "The clock in the hall struck a quarter that was not the right one.",
    "By then the tea was cold.",
    "If there was a reason, it was not one that could be told to a child.",
)
PARAGRAPH = 7
"""Sentences in a paragraph."""


def prose(characters: int, seed: int = 0) -> str:
    """Return paragraphs of exactly so many characters; another seed gives another text."""
    shortest = min(map(len, SENTENCES))
    sentences = random.Random(seed).choices(SENTENCES, k=characters // shortest + 1)  # noqa: S311 - it is no secret
    paragraphs = (" ".join(sentences[i : i + PARAGRAPH]) for i in range(0, len(sentences), PARAGRAPH))
    return "\n\n".join(paragraphs)[: characters - 1].rstrip().ljust(characters, ".")


def make_setting(folder: Path, scenes: int = 5, url: str = "sqlite:///bench.db") -> Path:
    """Write settings and a story into a folder, which need not be there; return the settings' file.

    The first scene is told by one POV, so that `/story start` posts a section
    with a ballot under it; the others by all.
    """
    story = folder / "stories" / STORY
    story.mkdir(parents=True, exist_ok=True)
    povs = "".join(f'[povs.{pov}]\nname = "{pov.title()}"\ncolour = "#336699"\n' for pov in POVS)
    (story / "story.toml").write_text(f'title = "On the Wire"\nauthors = ["An Author"]\n{povs}', encoding="utf-8")
    for scene in range(1, scenes + 1):
        told = "\n".join(f"## {pov.title()}\n\n{prose(SECTION)}\n" for pov in (POVS[:1] if scene == 1 else POVS))
        (story / f"{scene:03}.md").write_text(f"# Scene {scene}\n\n{told}", encoding="utf-8")
    config = folder / "config.toml"
    config.write_text(
        f'[stories]\nfolders = ["stories"]\ndefault = "{STORY}"\n'
        f'[database]\nurl = "{url}"\n[reading]\nvote_seconds = {WEEK}\n',
        encoding="utf-8",
    )
    return config


def database(folder: Path) -> Path:
    """Return where the database of a setting in a folder is."""
    return folder / "bench.db"
