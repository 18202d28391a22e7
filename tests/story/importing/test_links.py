from story.importing.links import written_ways
from story.model import Link


def test_ways_on_are_written_with_what_means_something_in_a_link_escaped() -> None:
    ways = (Link("In [quietly]", "gate"), Link("Out", "road"))
    assert written_ways(ways) == r"> Next: [In \[quietly\]](#gate), [Out](#road)"


def test_no_way_on_is_written_as_the_end() -> None:
    assert written_ways(()) == "> Next: the end"
