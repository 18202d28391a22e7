"""Where the runs take place: a folder with settings, a database and a story with all that can be posted in it."""

from pathlib import Path

POVS = ("Anna", "Ben", "Cleo")
TOLD_BY = ("A", "AB", "ABC", "BC", "A", "AB", "ABC", "AC", "ABC", "B") * 3
"""Who tells the scenes of the story, by their initials."""
LONG = 4
"""Every so many scenes there is one that needs several messages."""
WORDS = "The rain had stopped by then, and nobody had said a word. "
STORY = "wire"


def make_setting(
    folder: Path, *, vote_seconds: int = 5, scenes: int = len(TOLD_BY), url: str = "sqlite:///wire.db"
) -> Path:
    """Write settings and a story into a folder; return the settings' file. The log will be beside it."""
    story = folder / "stories" / STORY
    story.mkdir(parents=True, exist_ok=True)
    povs = "".join(f'[povs.{name.lower()}]\nname = "{name}"\ncolour = "#336699"\n' for name in POVS)
    (story / "story.toml").write_text(f'title = "On the Wire"\nauthors = ["An Author"]\n{povs}', encoding="utf-8")
    for number, told_by in enumerate(TOLD_BY[:scenes], 1):
        sections = "\n".join(_section(number, name) for name in POVS if name[0] in told_by)
        (story / f"{number:02}.md").write_text(f"# Scene {number}\n\n{sections}", encoding="utf-8")
    config = folder / "config.toml"
    config.write_text(
        f'[stories]\nfolders = ["stories"]\ndefault = "{STORY}"\n'
        f'[database]\nurl = "{url}"\n[reading]\nvote_seconds = {vote_seconds}\n',
        encoding="utf-8",
    )
    return config


def database(config: Path) -> Path:
    """Return where the database of a setting is."""
    return config.parent / "wire.db"


def _section(number: int, name: str) -> str:
    more = WORDS * 120 if number % LONG == LONG - 1 else ""
    return f"## {name}\n\n{name} tells scene {number}. {more}\n"
