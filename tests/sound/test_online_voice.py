"""The online voice: the real client speaks with a server on this machine that answers as the vendor's does."""

from __future__ import annotations

import json
import re
import threading
from contextlib import contextmanager

import numpy as np
import pytest
from django.urls import reverse

from apexsite.kit.errors import BackendError, InputError, NotAvailable
from apexsite.kit.ffmpeg import run_ffmpeg
from apexsite.kit.progress import NullProgress
from renders.engine.sound import edge, speakers
from renders.engine.sound.voice import SpokenLine, VoiceSettings
from renders.engine.sound.wav import read_sound, write_wav

pytestmark = pytest.mark.hosted
TEXT = "Order & silence, please."
WORDS = [("Order", 0.30, 0.25), ("&", 0.60, 0.15), ("silence", 0.80, 0.40), ("please", 1.30, 0.40)]
LINE = SpokenLine(name="one", text=TEXT, voice=VoiceSettings(pitch=60, variant="f3"))


@pytest.fixture(scope="module")
def mp3(tmp_path_factory):
    """Two seconds: silence, then a tone from the first word to the last, coded as the service codes."""
    folder = tmp_path_factory.mktemp("mp3")
    time = np.arange(2 * 48_000) / 48_000
    tone = 0.3 * np.sin(2 * np.pi * 220 * time) * ((time > 0.3) & (time < 1.7))
    write_wav(tone.astype(np.float32), path=folder / "tone.wav")
    out = folder / "tone.mp3"
    run_ffmpeg(
        ["-i", str(folder / "tone.wav"), "-ar", "24000", "-ac", "1", "-b:a", "48k", str(out)]
    )
    return out.read_bytes()


@contextmanager
def service(monkeypatch, mp3, *, status=0, breaks="", heard=None):
    """Serve the wire format: config and SSML in; turn.start, audio with its header length, boundaries, turn.end out."""
    from websockets.sync.server import serve

    def answer(connection):
        config, ssml = connection.recv(), connection.recv()
        if heard is not None:
            heard.append((config, ssml))
        connection.send("X-RequestId:1\r\nPath:turn.start\r\n\r\n{}")
        if breaks == "silent":
            connection.send("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}")
            return
        if breaks == "strange":
            connection.send("X-RequestId:1\r\nPath:weather\r\n\r\n{}")
            return
        header = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nPath:audio\r\n"
        for at in range(0, len(mp3), 2000):
            connection.send(len(header).to_bytes(2, "big") + header + mp3[at : at + 2000])
            if breaks == "cut":
                connection.socket.close()
                return
        for word, start, length in WORDS:
            data = {"Offset": round(start * 1e7), "Duration": round(length * 1e7),
                    "text": {"Text": word.replace("&", "&amp;"), "Length": len(word),
                             "BoundaryType": "WordBoundary"}}  # fmt: skip
            rows = json.dumps({"Metadata": [{"Type": "WordBoundary", "Data": data}]})
            connection.send(f"X-RequestId:1\r\nPath:audio.metadata\r\n\r\n{rows}")
        connection.send("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}")

    def gate(connection, request):
        return connection.respond(status, "no") if status else None

    with serve(answer, "127.0.0.1", 0, process_request=gate) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        port = server.socket.getsockname()[1]
        monkeypatch.setattr("edge_tts.communicate.WSS_URL", f"ws://127.0.0.1:{port}/edge/v1?t=1")
        yield
        server.shutdown()
        thread.join()


def test_a_line_is_spoken_its_words_timed_and_the_service_asked_as_it_wants(
    tmp_path, monkeypatch, mp3
):
    heard = []
    with service(monkeypatch, mp3, heard=heard):
        (spoken,) = edge.speak_all_edge([LINE], tmp_path, NullProgress())
    assert '"wordBoundaryEnabled":"true"' in heard[0][0]
    assert "(en-US, AriaNeural)'>" in heard[0][1] and "&amp; silence" in heard[0][1]
    assert spoken.engine == "Microsoft online voice (edge-tts), Aria"
    samples = read_sound(spoken.path)
    assert samples.shape[1] == 1 and spoken.seconds == pytest.approx(1.57, abs=0.12)
    assert [word.text for word in spoken.words] == [word for word, _, _ in WORDS]
    # The silence before the first word is cut off, and the words move with it.
    first = spoken.words[0].start_seconds
    assert first < 0.1
    starts = [word.start_seconds - first for word in spoken.words]
    assert starts == pytest.approx([s - WORDS[0][1] for _, s, _ in WORDS], abs=0.06)
    assert not list(tmp_path.glob("*.mp3"))


@pytest.mark.parametrize(
    ("status", "breaks", "kind", "permanent"),
    [
        (403, "", "auth", True),
        (429, "", "quota", False),
        (404, "", "gone", True),
        (503, "", "transient", False),
        (0, "silent", "refused", True),
        (0, "strange", "changed", True),
    ],
)
def test_what_goes_wrong_is_told_by_kind(
    tmp_path, monkeypatch, mp3, status, breaks, kind, permanent
):
    with (
        service(monkeypatch, mp3, status=status, breaks=breaks),
        pytest.raises(BackendError) as told,
    ):
        edge.speak_all_edge([LINE], tmp_path, NullProgress())
    assert (told.value.facts["kind"], told.value.permanent) == (kind, permanent)


def test_a_machine_without_a_line_out_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr("edge_tts.communicate.WSS_URL", "ws://127.0.0.1:9/edge/v1?t=1")
    with pytest.raises(BackendError, match="cannot be reached") as told:
        edge.speak_all_edge([LINE], tmp_path, NullProgress())
    assert told.value.retryable and told.value.facts["kind"] == "offline"


def test_it_is_off_unless_asked_for_and_nobody_stands_in_for_it(tmp_path, monkeypatch):
    assert not speakers.choose_engine(tmp_path).is_online
    assert speakers.choose_engine(tmp_path, online="edge-tts").is_online
    with pytest.raises(InputError, match="valid: edge-tts"):
        speakers.choose_engine(tmp_path, online="polly")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(NotAvailable, match="TIER=hosted"):
        speakers.choose_engine(tmp_path, online="edge-tts")


def test_the_page_and_the_cut_name_it(client, ben, dora, episode, settings, monkeypatch, mp3):
    from characters.models import Character
    from renders.services.cuts import cut_build, shots_in_cut
    from renders.services.reviews import review_approve
    from renders.services.speech import voices_in
    from tests.factories import variant_of

    settings.APEX_ONLINE_VOICE = "edge-tts"
    for shot in shots_in_cut(episode):
        review_approve(user=dora, variant=variant_of(shot))
    with service(monkeypatch, mp3):
        cut = cut_build(user=ben, episode=episode)
    assert {line["engine"] for line in cut.document["speech"]} == {"edge-tts"}
    assert re.search(r"Microsoft online voice \(edge-tts\), \w+", voices_in(cut.document["speech"]))
    client.force_login(ben)
    page = client.get(reverse("cut", args=[episode.pk])).content.decode()
    assert "Microsoft online voice" in page
    person = Character.objects.filter(project=episode.project).first()
    page = client.get(reverse("character", args=[person.pk])).content.decode()
    assert "goes to Microsoft" in page and "offline" not in page.split("Microsoft online")[1][:80]
