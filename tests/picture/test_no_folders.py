"""What engines and scores say of files names the file, never the folder of the server it lies in."""

from __future__ import annotations

import numpy as np
import pytest

from apexsite.kit.errors import InputError
from apexsite.kit.faultwords import words_of_fault
from renders.engine.drift.embedding import availability
from renders.engine.imaging.cloud.endpointprofiles import profile_asked
from renders.engine.imaging.diffusion.identity import adapter_remedy
from renders.engine.imaging.diffusion.places import found_model
from renders.engine.scoring.faces import faces_score
from renders.engine.scoring.onnxfile import onnx_session
from renders.engine.stage.environment import stage_faults


def test_a_fault_of_a_file_is_told_without_its_folder(tmp_path):
    with pytest.raises(OSError) as told:
        (tmp_path / "none.json").read_bytes()
    assert words_of_fault(told.value, tmp_path / "none.json") == "No such file or directory"
    broken = ValueError(f"Load from {tmp_path}/a.onnx failed")
    assert words_of_fault(broken, tmp_path / "a.onnx") == "Load from a.onnx failed"
    assert words_of_fault(ValueError("a/b"), "a.onnx") == "a/b"


def test_absent_and_broken_files_are_named_without_their_folder(tmp_path, monkeypatch):
    gone, bad = tmp_path / "style.onnx", tmp_path / "bad.onnx"
    bad.write_bytes(b"no model")
    assert availability(str(gone)).reason == "style.onnx is not a file"
    picture = np.zeros((64, 64, 3), np.uint8)
    assert faces_score(picture, [], path=str(gone)).measured == "style.onnx is not a file"
    monkeypatch.setenv("APEX_MODELS", str(tmp_path))
    said = [adapter_remedy()]
    for path in (gone, bad):
        with pytest.raises(InputError) as told:
            onnx_session(str(path))
        said.append(told.value.message)
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "apex-profile.json").write_text('{"follows": "sdxl-base-1.0", "x": 1}')
    monkeypatch.setenv("APEX_SDXL_MODEL", str(tmp_path / "ours"))
    monkeypatch.setenv("APEX_HF_PROFILE", str(tmp_path / "gone.json"))
    for door in (lambda: found_model(""), profile_asked):
        with pytest.raises(InputError) as told:
            door()
        said.append(told.value.message)
    monkeypatch.setenv("APEX_STAGE_PYTHON", str(tmp_path / "bin" / "python"))
    said += [fault.what for fault in stage_faults()]
    assert len(said) >= 6
    assert not [words for words in said if str(tmp_path) in words]
