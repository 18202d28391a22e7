from cogs.core.autocomplete import matching


def test_what_is_typed_is_looked_for_in_the_whole_of_a_long_name_of_which_discord_shows_the_beginning() -> None:
    [found] = matching([("The Sea " * 20 + "at Night", "night"), ("The Sea " * 20, "day")], "at night")
    assert (len(found.name), found.value) == (100, "night")
