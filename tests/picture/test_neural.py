"""Neural plug-ins: real ONNX models, tiny and built here, are run; without a path, or with a wrong one, they are absent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from renders.engine.scoring import score_picture
from renders.engine.scoring.faces import faces_score, symmetry_of
from renders.engine.scoring.fingerprint import bits_apart, fingerprint
from renders.engine.scoring.neural import Models, image_vector, neural_parts, text_vector
from tests.picture.distorted import noisy, scene, squeezed
from tests.picture.held import asked


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


def face() -> np.ndarray:
    """Return 68 points of an even, ordinary face from the front, as shares of a crop."""
    turn = np.linspace(np.pi * 0.98, np.pi * 0.02, 17)
    jaw = np.stack([0.5 + 0.36 * np.cos(turn), 0.42 + 0.5 * np.sin(turn)], axis=1)
    brows = [[0.22 + 0.05 * n, 0.3 - 0.012 * (2 - abs(2 - n))] for n in range(5)]
    brows += [[1 - x, y] for x, y in brows[::-1]]
    nose = [[0.5, 0.38 + 0.06 * n] for n in range(4)]
    nose += [[0.44 + 0.03 * n, 0.6 + 0.008 * (2 - abs(2 - n))] for n in range(5)]
    eye = [[0.25, 0.38], [0.3, 0.365], [0.36, 0.365], [0.41, 0.38], [0.36, 0.395], [0.3, 0.395]]
    other = [[1 - eye[n][0], eye[n][1]] for n in (3, 2, 1, 0, 5, 4)]
    lips = [[0.38, 0.72], [0.42, 0.705], [0.46, 0.7], [0.5, 0.705], [0.54, 0.7], [0.58, 0.705]]
    lips += [[0.62, 0.72], [0.58, 0.75], [0.54, 0.76], [0.5, 0.765], [0.46, 0.76], [0.42, 0.75]]
    inner = [[0.4, 0.72], [0.46, 0.72], [0.5, 0.72], [0.54, 0.72], [0.6, 0.72]]
    inner += [[0.54, 0.73], [0.5, 0.73], [0.46, 0.73]]
    return np.array([*jaw, *brows, *nose, *eye, *other, *lips, *inner])


def test_a_warped_face_is_less_symmetric_and_a_turned_or_tilted_one_is_not_held_to_be_warped() -> (
    None
):
    even = face()
    assert even.shape == (68, 2)
    warped = even.copy()
    warped[42:48] += (0.05, 0.09)
    turned = even.copy()
    half = turned[:, 0] > 0.5
    turned[half, 0] = 0.5 + 0.6 * (turned[half, 0] - 0.5)
    angle = 0.3
    tilt = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    tilted = (even - 0.5) @ tilt.T + 0.5
    assert symmetry_of(even) > 0.95
    assert symmetry_of(warped) < 0.75
    assert min(symmetry_of(turned), symmetry_of(tilted)) > 0.9


def landmark_model(path: Path, points: np.ndarray) -> str:
    """Save a model that sees the same points in every face."""
    from onnx import helper

    return saved(
        path,
        [
            helper.make_node("ReduceMean", ["pixels"], ["mean"], axes=[1, 2, 3], keepdims=0),
            helper.make_node("Mul", ["mean", "nothing"], ["zero"]),
            helper.make_node("Add", ["zero", "points"], ["seen"]),
        ],
        [("pixels", "f", [1, 3, 64, 64])],
        [("seen", "f", [1, points.size])],
        [
            ("nothing", np.zeros(1, np.float32)),
            ("points", points.reshape(1, -1).astype(np.float32)),
        ],
    )


def test_faces_are_judged_by_the_landmarks_a_model_finds(tmp_path: Path) -> None:
    box = (0.3, 0.2, 0.6, 0.8)
    long_nose = face()
    long_nose[28:36, 1] += 0.12
    paths = [
        landmark_model(tmp_path / f"{name}.onnx", points)
        for name, points in (("even", face()), ("long", long_nose))
    ]
    even, long = (faces_score(scene(1), [box], path=path) for path in paths)
    assert even.value is not None and long.value is not None
    assert even.value > 0.95 > 0.85 > long.value
    assert "nose to face height" in long.measured


def test_faces_are_absent_without_a_model_a_face_or_the_right_points(tmp_path: Path) -> None:
    wrong = landmark_model(tmp_path / "five.onnx", face()[:5])
    near = (0.3, 0.2, 0.6, 0.8)
    for boxes, path, told in (
        ([near], "", "no landmark model here"),
        ([(0.4, 0.4, 0.42, 0.44)], wrong, "no face large enough to judge"),
        ([near], wrong, "68 points, are needed"),
        ([near], "/nowhere.onnx", "is not a file"),
    ):
        found = faces_score(scene(1), boxes, path=path)
        assert found.value is None
        assert told in found.measured
