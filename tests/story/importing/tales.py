"""Any story that the model can hold, with what is hard to write down in it."""

from hypothesis import strategies as st

from story.importing.ids import slug
from story.importing.limits import (
    LONGEST_BLURB,
    LONGEST_LABEL,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_POV_ID,
    LONGEST_SCENE_ID,
    LONGEST_SCENE_TITLE,
)
from story.model import Link, Pov, Scene, SceneDate, Section, Story, Vote

NASTY = [
    *r"""# A
## Anna
## anna
 # A
   ## A #
#
##
####### A
\# A
A {#a}
{#a}
{#}
> Recap: A
> Next: [A](#a)
> Next: the end
>
> # A
>A
A
A\
***
---
===
+++
```
````
~~~
   ~~~
~~~ verbatim
~~~~ verbatim
    # A
- # A
- ```
1. # A
<!-- A
-->
<script>
<pre>
<div>
<?
<![CDATA[
[A]: /b
[A]:
"# A
\'\'\'
عربي""".splitlines(),
    *(
        "",
        "",
        " ",
        "\t",
        "A  ",
        "\t# A",
        "\x0b",
        "\x0c",
        "\x85",
        "\u2028",
        "\ufeff",
        "\xa0",
        "\u200b",
        "\U0001f469\u200d",
        '"""',
    ),
]
CHARACTERS = st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])
SOME = st.text(CHARACTERS, max_size=12)
TEXTS = st.lists(st.sampled_from(NASTY) | SOME, min_size=1, max_size=8).map("\n".join)
PROSE = TEXTS.filter(str.strip)


def lines(longest: int, shortest: int = 1) -> st.SearchStrategy[str]:
    """Single lines without spaces around them."""
    some = st.lists(st.sampled_from(NASTY) | SOME, min_size=1, max_size=3).map(" ".join)
    return some.map(lambda text: text.replace("\n", " ")[:longest].strip()).filter(lambda line: len(line) >= shortest)


def ids(longest: int) -> st.SearchStrategy[str]:
    word = st.text(st.sampled_from("aAbB1-_éΣßᎠ٣"), min_size=1, max_size=longest)
    return word | lines(longest).map(slug).map(lambda text: text[:longest])


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Any story."""
    povs: list[Pov] = []
    goes_by: set[str] = set()
    for pov_id, name in draw(st.lists(st.tuples(ids(LONGEST_POV_ID), lines(LONGEST_NAME)), min_size=1, max_size=4)):
        if goes_by.isdisjoint({pov_id.casefold(), name.casefold()}):
            blurb = draw(TEXTS.map(lambda text: text[:LONGEST_BLURB]))
            povs.append(Pov(pov_id, name, draw(st.integers(0, 0xFFFFFF)), blurb))
            goes_by |= {pov_id.casefold(), name.casefold()}
    titles = draw(st.lists(st.sampled_from(["A", "B"]) | lines(LONGEST_SCENE_TITLE), min_size=1, max_size=4))
    made = st.sampled_from([slug(title) for title in titles]) | ids(LONGEST_SCENE_ID)
    scene_ids = draw(st.lists(made, min_size=len(titles), max_size=len(titles), unique=True))
    link = st.builds(Link, lines(LONGEST_LABEL), st.sampled_from(scene_ids))
    scenes = []
    for scene_id, title in zip(scene_ids, titles, strict=True):
        told_by = draw(st.lists(st.sampled_from(povs), min_size=1, unique=True))
        sections = tuple(Section(pov, draw(PROSE), draw(lines(100, shortest=0))) for pov in povs if pov in told_by)
        links = draw(st.none() | st.lists(link, max_size=3).map(tuple))
        date = draw(
            st.none() | st.builds(SceneDate, st.integers(1, 28), st.integers(1, 12), st.none() | st.integers(1, 9999))
        )
        scenes.append(Scene(scene_id, title, sections, links, date))
    names = st.lists(lines(LONGEST_LINE), max_size=3).map(tuple)
    return Story(
        id=slug(draw(lines(40))),
        title=draw(lines(LONGEST_LINE)),
        authors=draw(names.filter(bool)),
        povs=tuple(povs),
        scenes=tuple(scenes),
        credits=draw(TEXTS).strip(),
        language=draw(st.sampled_from(["en", "de-AT"])),
        rating=draw(lines(40, shortest=0)),
        content_notes=draw(names),
        blurb=draw(TEXTS.map(lambda text: text[:LONGEST_BLURB])),
        vote=draw(st.sampled_from([None, *Vote])),
    )
