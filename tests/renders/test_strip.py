"""The strip of the cut page: stills as wide as they last, beats under them, the sound as a waveform made once."""

from __future__ import annotations

import io
from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from renders.engine.timeline.peaks import MOST_COLUMNS, frame_peaks, laid, peaks_png
from renders.models import KeptSample
from renders.readings.strip import strip_of
from renders.services import waveforms
from renders.services.recuts import ClipEdit, cut_edit
from tests.renders.test_interchange import codes, cut  # noqa: F401 - a fixture


def test_a_peak_belongs_to_the_frame_its_sample_begins_in():
    samples = np.zeros((48_000, 2), np.float32)
    samples[4004, 1] = -0.5
    heights = frame_peaks(samples, frames=30, samples_per_frame=Fraction(2002))
    assert heights.tolist() == [0, 0, 128, *[0] * 27]
    assert frame_peaks(samples[:0], frames=3, samples_per_frame=Fraction(2002)).tolist() == [0] * 3


def test_lines_are_laid_where_they_are_said_and_cut_off_at_the_end():
    over = laid(np.zeros(5, np.uint8), [(3, np.array([9, 8, 7], np.uint8)), (-1, np.array([4, 5]))])
    assert over.tolist() == [5, 0, 0, 9, 8]


def test_a_long_film_still_fits_a_picture():
    heights = np.zeros(3 * MOST_COLUMNS, np.uint8)
    heights[10] = 200
    with Image.open(io.BytesIO(peaks_png(heights, heights))) as drawn:
        assert drawn.width == MOST_COLUMNS
        assert np.asarray(drawn)[:, 3, 3].max() > 0, "the highest of three frames is seen"
        assert np.asarray(drawn)[:, 4:, 3].max() == 0


def test_the_strip_says_what_stands_where_and_how_short_it_may_be(cut, ben):  # noqa: F811
    strip = strip_of(cut)
    assert [clip.code for clip in strip.clips] == codes(cut)
    assert sum(clip.duration_frames for clip in strip.clips) == strip.frames == cut.duration_frames
    assert sum(clip.share for clip in strip.clips) == pytest.approx(100)
    spoken = {line["shot"] for line in cut.document["speech"]}
    clip = next(clip for clip in strip.clips if clip.code in spoken)
    least = [ClipEdit(c, clip.least_frames if c == clip.code else None) for c in codes(cut)]
    assert cut_edit(user=ben, cut=cut, edits=least).version == 2, "so short it may be"
    assert strip.beats and all(0 <= share < 100 for _, share in strip.beats)


def test_the_sound_is_drawn_once_and_only_for_who_may_see_the_cut(
    client, ben, dan, cut, monkeypatch  # noqa: F811
):  # fmt: skip
    address = f"/cuts/{cut.pk}/waveform.png"
    client.force_login(dan)
    assert client.get(address).status_code == 404 and not KeptSample.objects.filter(kind="waveform")
    client.force_login(ben)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    with Image.open(io.BytesIO(b"".join(answer))) as drawn:
        assert drawn.width == cut.duration_frames
    monkeypatch.setattr(waveforms, "music_file", None)
    assert client.get(address)["ETag"] == answer["ETag"], "nothing is composed again"
    moved = cut_edit(user=ben, cut=cut, edits=[ClipEdit(c) for c in codes(cut)[::-1]])
    assert waveforms.waveform(moved).sha256 != waveforms.waveform(cut).sha256


def test_the_page_has_the_strip_with_its_form(client, ben, vic, cut):  # noqa: F811
    client.force_login(ben)
    page = client.get(f"/episodes/{cut.episode_id}/cut").content.decode()
    assert page.count("data-least=") == len(codes(cut)) and page.count("data-beat=") > 3
    assert 'form="cut-edit"' in page and f"/cuts/{cut.pk}/waveform.png" in page
    client.force_login(vic)
    looked = client.get(f"/episodes/{cut.episode_id}/cut").content.decode()
    assert "data-least=" in looked and "data-editable" not in looked
