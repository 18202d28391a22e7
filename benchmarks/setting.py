"""What the bots are given to read: settings, and stories of a known length."""

from pathlib import Path

SECTION = 3000
"""Characters in a section."""
POVS = ("anna", "ben", "cleo")
STORY = "bench"
WEEK = 604_800
_WORDS = (
    "the lamp over the door was still burning when she came back and nobody had thought to put it out"
    " so the whole street could see how late it had become while a cold wind went through the yard"
).split()


def prose(characters: int, seed: int = 0) -> str:
    """Return paragraphs of plain words, exactly so many characters; another seed gives another text."""
    words: list[str] = []
    length, number = 0, seed
    while length < characters:
        number = (number * 1_103_515_245 + 12_345) % 2**31
        word = _WORDS[(number >> 8) % len(_WORDS)]
        word += ".\n\n" if len(words) % 80 == 79 else "." if len(words) % 12 == 11 else ""
        words.append(word)
        length += len(word) + 1
    return " ".join(words)[: characters - 1].rstrip(" \n.").ljust(characters, ".")


def make_setting(folder: Path, scenes: int = 60) -> Path:
    """Write settings and a story into a folder; return the settings' file.

    The first scene is told by one POV, so that `/story start` posts a section with a ballot under it; all others by all.
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
        f'[database]\nurl = "sqlite:///bench.db"\n[reading]\nvote_seconds = {WEEK}\n',
        encoding="utf-8",
    )
    return config


def database(config: Path) -> Path:
    """Return where the database of a setting is."""
    return config.parent / "bench.db"
