"""A cut's captions on its page and in its film."""

from __future__ import annotations

import av
import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.timecode import FrameRate
from renders.engine.captions.model import Caption, CaptionMode, CaptionTrack
from renders.engine.captions.vtt import track_from_vtt
from renders.engine.timeline.model import Clip, Timeline
from renders.models import Cut
from renders.services.films import film_request
from tests.picture.test_film import CameraMove, rendered, still

DOCUMENT = {
    "timeline": {
        "schema": "apex.timeline/1", "rate": "25/1", "width": 192, "height": 108,
        "clips": [{"shot_code": "s01_010", "picture": "sha256:0", "duration_frames": 100, "move": "static"}],
    },
    "speech": [
        {"shot": "s01_010", "text": "Is this seat taken?", "speaker": "NORA", "start_frame": 5, "seconds": 1.2,
         "words": [["Is", 0.0, 0.2], ["this", 0.2, 0.4], ["seat", 0.4, 0.8], ["taken", 0.8, 1.2]],
         "voice": {"pitch": 50, "words_per_minute": 165, "variant": ""}},
    ],
    "music": {"source": "apex bed", "mood": "tense", "tempo_bpm": "90"},
}  # fmt: skip


@pytest.fixture
def cut(episode):
    return Cut.objects.create(
        episode=episode, version=1, tier="storyboard", document=DOCUMENT, duration_frames=100
    )


def test_the_cut_page_offers_both_files_and_they_hold_the_line(client, vic, cut):
    client.force_login(vic)
    page = client.get(f"/episodes/{cut.episode_id}/cut").content.decode()
    assert f"/cuts/{cut.pk}/captions.srt?download=1" in page
    answer = client.get(f"/cuts/{cut.pk}/captions.srt?download=1")
    assert answer.content.decode() == ("1\n00:00:00,000 --> 00:00:01,400\nIs this seat taken?\n"), (
        "from the cut five frames before the line, to where its last word ends"
    )
    assert 'filename="night-bus-' in answer["Content-Disposition"]
    vtt = client.get(f"/cuts/{cut.pk}/captions.vtt")
    assert vtt["Content-Type"].startswith("text/vtt")
    track = track_from_vtt(vtt.content.decode(), rate=FrameRate.parse(25))
    assert track.captions[0].lines == ("Is this seat taken?",)


def test_a_stranger_gets_no_captions(client, dan, cut):
    client.force_login(dan)
    assert client.get(f"/cuts/{cut.pk}/captions.srt").status_code == 404


def test_a_way_of_captions_there_is_not_is_refused(ben, cut):
    with pytest.raises(InputError, match="track"):
        film_request(user=ben, cut=cut, captions="sung")
    job = film_request(user=ben, cut=cut, captions="burned")
    assert job.tasks.get().request["captions"] == "burned"


@pytest.fixture
def short(tmp_path):
    clip = Clip("A", still(tmp_path / "a.png", (120, 120, 120)), 30, CameraMove.STATIC)
    return Timeline(FrameRate.parse(25), 256, 144, (clip,))


CAPTIONS = CaptionTrack(FrameRate.parse(25), (Caption(5, 25, ("Über “uns” 💡",)),))


def test_a_film_carries_its_captions_as_a_track(short, tmp_path):
    film = rendered(short, tmp_path / "film ‘x’.mp4", captions=CAPTIONS)
    with av.open(str(film.path)) as container:
        stream = container.streams.subtitles[0]
        assert stream.codec_context.name == "mov_text"
        packets = [p for p in container.demux(stream) if p.size > 2]
        times = [(float(p.pts * p.time_base), float(p.duration * p.time_base)) for p in packets]
        texts = [bytes(p)[2:].decode() for p in packets]
    assert times == [(pytest.approx(0.2), pytest.approx(0.8))]
    assert texts == ["Über “uns” 💡"]
    assert not list(tmp_path.glob(".*")), "nothing of the work is left"


def test_burned_captions_are_seen_and_make_no_track(short, tmp_path):
    film = rendered(
        short, tmp_path / "film.mp4", captions=CAPTIONS, caption_mode=CaptionMode.BURNED
    )
    with av.open(str(film.path)) as container:
        assert not container.streams.subtitles
        lumas = [f.to_ndarray(format="gray")[100:].max() for f in container.decode(video=0)]
    assert max(lumas[:5]) < 180 and min(lumas[6:24]) > 200 and max(lumas[26:]) < 180
