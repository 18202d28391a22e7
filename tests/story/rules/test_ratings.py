"""Which ratings are for adults only."""

import pytest

from story.rules.ratings import FOR_ADULTS, is_adult


@pytest.mark.parametrize("rating", [rating for ratings in FOR_ADULTS.values() for rating in ratings])
def test_every_rating_of_the_table_is_for_adults_in_whatever_case(rating: str) -> None:
    assert is_adult(rating)
    assert is_adult(rating.upper())
    assert is_adult(f"  {rating.lower()} ")


@pytest.mark.parametrize(
    "rating",
    [
        *("NC17", "nc 17", "NC‑17", "Rated NC-17", "NC-17 for violence", "Rating: Explicit", "Explicit (18+)"),
        *(
            "Mature / Explicit",
            "R 18",
            "R18 only",
            "TV MA",
            "M/A",
            "Explicit content",
            "FICTION RATED: MA",
            "ＮＣ－１７",
        ),
    ],
)
def test_a_rating_for_adults_is_known_however_it_is_written(rating: str) -> None:
    assert is_adult(rating)


@pytest.mark.parametrize(
    "rating",
    [
        *(
            "",
            "General Audiences",
            "Teen And Up",
            "Mature",
            "M",
            "R",
            "PG-13",
            "K+",
            "T",
            "12",
            "FSK 16",
            "MA15+",
            "16+",
        ),
        *("Not Rated", "Not explicit", "Teen (nothing explicit)", "Adult themes are hinted at", "P16", "Max", "X-Men"),
    ],
)
def test_every_other_rating_is_for_everybody_who_may_be_on_discord(rating: str) -> None:
    assert not is_adult(rating)
