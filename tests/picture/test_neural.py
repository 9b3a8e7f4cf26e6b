"""Neural plug-ins: real ONNX models, tiny and built here, are run; without a path, or with a wrong one, they are absent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from renders.engine.scoring import score_picture
from renders.engine.scoring.fingerprint import bits_apart, fingerprint
from renders.engine.scoring.neural import Models, image_vector, neural_parts, text_vector
from tests.picture.distorted import noisy, scene, squeezed
from tests.picture.held import asked

onnx = pytest.importorskip("onnx", reason="needs the onnx package to build a model")
pytest.importorskip("onnxruntime")


def saved(path: Path, nodes, inputs, outputs, constants=()) -> str:
    from onnx import TensorProto, helper, numpy_helper

    kinds = {"f": TensorProto.FLOAT, "i": TensorProto.INT64}
    values = [
        [helper.make_tensor_value_info(name, kinds[kind], shape) for name, kind, shape in group]
        for group in (inputs, outputs)
    ]
    made = helper.make_graph(
        nodes, "tiny", *values, [numpy_helper.from_array(value, name) for name, value in constants]
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    path.write_bytes(model.SerializeToString())
    return str(path)


@pytest.fixture
def models(tmp_path: Path) -> Models:
    """A "CLIP" whose picture vector is its mean colours, whose text vector is one of three by its first word."""
    from onnx import helper

    image = saved(
        tmp_path / "image.onnx",
        [helper.make_node("ReduceMean", ["pixels"], ["vector"], axes=[2, 3], keepdims=0)],
        [("pixels", "f", [1, 3, 32, 32])],
        [("vector", "f", [1, 3])],
    )
    from renders.engine.prompting.tokens import token_ids

    table = np.zeros((49408, 3), np.float32)
    for place, word in enumerate(("red", "green", "blue")):
        table[token_ids(word)[0], place] = 1.0
    text = saved(
        tmp_path / "text.onnx",
        [
            helper.make_node("Gather", ["table", "tokens"], ["all"]),
            helper.make_node("ReduceSum", ["all", "axis"], ["vector"], keepdims=0),
        ],
        [("tokens", "i", [1, 77])],
        [("vector", "f", [1, 3])],
        [("table", table), ("axis", np.array([1], np.int64))],
    )
    head = saved(
        tmp_path / "head.onnx",
        [
            helper.make_node("MatMul", ["vector", "weights"], ["product"]),
            helper.make_node("Add", ["product", "bias"], ["points"]),
        ],
        [("vector", "f", [1, 3])],
        [("points", "f", [1, 1])],
        [
            ("weights", np.array([[3.0], [0.0], [0.0]], np.float32)),
            ("bias", np.array([4.0], np.float32)),
        ],
    )
    return Models(clip_image=image, clip_text=text, aesthetic=head)


def plain(*colour: int) -> np.ndarray:
    return np.full((48, 96, 3), colour, np.uint8)


def test_a_picture_of_what_was_asked_adheres_more_than_another(models: Models) -> None:
    red, blue = plain(250, 20, 20), plain(20, 20, 250)
    values = [neural_parts(p, text="red room", models=models)[0].value for p in (red, blue)]
    assert values[0] is not None and values[1] is not None
    assert values[0] > 0.9 > 0.1 > values[1]


def test_the_head_reads_the_unit_vector_of_the_picture(models: Models) -> None:
    picture = plain(250, 20, 20)
    vector = image_vector(picture, models.clip_image)
    assert np.linalg.norm(vector) == pytest.approx(1.0)
    quality = neural_parts(picture, text="", models=models)[1]
    assert quality.measured == f"{4 + 3 * vector[0]:.2f} of 10"


def test_a_text_longer_than_clip_takes_is_cut(models: Models) -> None:
    once = text_vector("red", models.clip_text)
    assert text_vector("red " * 500, models.clip_text) == pytest.approx(once)


def test_without_a_path_both_are_absent_and_nothing_stands_for_them() -> None:
    parts = neural_parts(plain(9, 9, 9), text="red", models=Models())
    assert [(p.name, p.value, p.measured) for p in parts] == [
        ("prompt_adherence", None, "no model here"),
        ("quality", None, "no model here"),
    ]


def test_a_named_model_that_cannot_be_used_is_absent_by_name(
    models: Models, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    picture = plain(9, 9, 9)
    for path, words in ((str(broken), "broken.onnx"), (str(tmp_path / "gone.onnx"), "not a file")):
        told = neural_parts(picture, text="red", models=Models(clip_image=path, aesthetic=path))
        assert [p.value for p in told] == [None, None]
        assert all(words in p.measured for p in told)
    swapped = Models(models.clip_image, models.clip_image, models.clip_text)
    adherence, quality = neural_parts(picture, text="red", models=swapped)
    assert (adherence.value, quality.value) == (None, None)
    assert "image.onnx" in adherence.measured and "text.onnx" in quality.measured


def test_the_card_carries_them_and_counts_only_what_is_present(models: Models) -> None:
    with_models = score_picture(scene(1), request=asked(), models=models, text="green hill")
    without = score_picture(scene(1), request=asked())
    own = {s.name: s.value for s in with_models.criteria[0].sub_scores}
    assert own["prompt_adherence"] is not None and own["quality"] is not None
    present = [s.value for s in without.criteria[0].sub_scores if s.value is not None]
    assert without.criteria[0].value == pytest.approx(sum(present) / len(present))


def test_fingerprints_survive_coding_and_grain_and_tell_other_pictures() -> None:
    own = fingerprint(scene(3))
    assert bits_apart(own, fingerprint(squeezed(scene(3), 3))) <= 3
    assert bits_apart(own, fingerprint(noisy(scene(3), 2))) <= 3
    assert min(bits_apart(own, fingerprint(scene(seed))) for seed in (4, 5, 6, 7)) > 10
