from pathlib import Path

import pytest

from story.store import UnusableDatabaseError
from story.store.lock import exclusive_use


def test_a_second_bot_on_the_same_database_is_refused_with_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "readings.db"
    with (
        exclusive_use(file),
        pytest.raises(UnusableDatabaseError, match="another bot is using this database"),
        exclusive_use(file),
    ):
        pass
    with exclusive_use(file):
        pass


def test_a_folder_that_cannot_be_written_to_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(UnusableDatabaseError, match="cannot be written to"),
        exclusive_use(tmp_path / "file" / "readings.db"),
    ):
        pass
