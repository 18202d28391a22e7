from cogs.ui import texts
from story import __version__
from tests.cogs.stage import Stage, private


async def test_about_names_the_version_the_stories_and_the_licence(stage: Stage) -> None:
    text = private(await stage.ann.slash(stage.channel, "about"))
    assert f"{texts.NAME} {__version__}" in text
    assert "**A Tale** by An Author" in text
    assert "MIT" in text
