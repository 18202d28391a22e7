from datetime import timedelta

from story.rules.delivery import LONGEST_PAUSE, Delivery, DeliveryFailure, DeliveryKind, Track, pause


def test_the_pauses_grow_up_to_the_longest() -> None:
    pauses = [pause(attempts) for attempts in range(1, 100)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=2), LONGEST_PAUSE)


def test_only_what_could_not_be_reached_is_worth_another_try_at_once() -> None:
    assert {failure for failure in DeliveryFailure if not failure.holds} == {
        DeliveryFailure.SLOW,
        DeliveryFailure.UNREACHABLE,
    }


def test_threads_and_events_keep_no_message_waiting() -> None:
    tracks = {kind: kind.track for kind in DeliveryKind}
    assert {kind for kind, track in tracks.items() if track is Track.THREADS} == {
        DeliveryKind.THREAD,
        DeliveryKind.ARCHIVE,
    }
    assert {kind for kind, track in tracks.items() if track is Track.EVENTS} == {DeliveryKind.EVENT}


def test_what_is_posted_is_a_message_of_its_own() -> None:
    assert {kind for kind in DeliveryKind if kind.is_post} == {
        DeliveryKind.SECTION,
        DeliveryKind.LOBBY,
        DeliveryKind.CLOSING_CARD,
        DeliveryKind.DATE,
        DeliveryKind.REMINDER,
        DeliveryKind.NOTICE,
        DeliveryKind.LOG,
    }


def test_deliveries_of_one_channel_and_track_go_in_one_lane() -> None:
    section, lobby = (Delivery(kind, 1, 10, 5) for kind in (DeliveryKind.SECTION, DeliveryKind.LOBBY))
    elsewhere = Delivery(DeliveryKind.SECTION, 1, 11, 5)
    thread = Delivery(DeliveryKind.THREAD, 1, 10, 5)
    assert section.lane == lobby.lane
    assert len({section.lane, elsewhere.lane, thread.lane}) == 3
