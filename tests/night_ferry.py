"""A story whose pages are no longer than a phone's screen, for the pictures in the docs."""

NIGHT_FERRY = {
    "story.toml": """\
title = "The Night Ferry"
authors = ["the Storyteller project"]
rating = "Teen"
content_notes = ["Deep water at night"]

[povs.mate]
name = "Mate"
colour = "#2f7ebf"

[povs.cook]
name = "Cook"
colour = "#d9822b"

[povs.stowaway]
name = "Stowaway"
colour = "#6a9f3f"
""",
    "01-cast-off.md": """\
# Cast Off

## Mate

We left at ten with one cabin unlocked that I had locked myself.
""",
    "02-a-light-below.md": """\
# A Light Below

## Mate

The galley lamp was on at two in the morning. I went down to put it out.

## Cook

Somebody had eaten the heel of the loaf, and washed the knife. Nobody at sea washes the knife.

I cut another slice, put it where the first had been, and left the lamp burning.

## Stowaway

The cook knows. There is butter on it this time.
""",
    "03-breakfast.md": """\
# Breakfast

## Mate

The Captain counts the passengers at breakfast. There were twenty cups on the table.

## Cook

I had laid twenty cups.

## Stowaway

One of them was mine.
""",
    "04-in-port.md": """\
# In Port

## Stowaway

I went ashore with the empty crates. The cook had left a loaf on the last one.
""",
}
"""Its files, by their names."""
