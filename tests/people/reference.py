"""The body tables against their source's own output, as a program: `python -m tests.people.reference` prints the errors.

Plain numpy, so that it runs in the stage's environment (numpy 1) as well as in the studio's (numpy 2).
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from characters.engine.human.cast import BodyCast
from characters.engine.human.figure import face_landmarks, figure
from characters.engine.human.phenotype import Phenotype
from characters.engine.human.shape import rest_body
from characters.engine.human.tables import people_tables

REFERENCE = Path(__file__).with_name("reference_vertices.npy")


def rigid_error_m(one: np.ndarray, other: np.ndarray) -> float:
    """Return the greatest distance left after the best rigid motion of one point set onto the other (Kabsch)."""
    a, b = one - one.mean(0), other - other.mean(0)
    u, _, w = np.linalg.svd(a.T @ b)
    turn = u @ np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ w))]) @ w
    return float(np.linalg.norm(a @ turn - b, axis=1).max())


def errors_by_bone() -> dict[str, float]:
    """Return the greatest error of each rigid part, metres.

    The reference is the source package's output in its default pose, which turns bones by up to 7 degrees.
    """
    tables = people_tables()
    body = rest_body(
        Phenotype(gender=1.0, age=0.85, african=0.1, asian=0.0, caucasian=0.9),
        tables=tables,
        changes={"nose-hump-incr": 0.4, "chin-width-incr": 0.5},
        expression={"jawOpen": 0.5},
    )
    reference = np.load(REFERENCE).astype(np.float64)
    best = tables.skin_weight.argmax(axis=1)
    bone = tables.skin_bone[np.arange(len(best)), best]
    pure = tables.skin_weight.max(axis=1) > 0.97
    errors = {}
    for index, name in enumerate(tables.bones):
        part = pure & (bone == index)
        if part.sum() >= 20:
            errors[name] = rigid_error_m(body.vertices[part], reference[part])
    return errors


def posed_marks() -> dict[str, list[float]]:
    """Return where a posed person's face and hands are, metres: the same under every numpy."""
    person = figure(
        BodyCast(height_cm=181.0), pose="speak", place=(0.3, -1.0, 0.1), facing_degrees=40.0, look=(1.0, -3.0, 1.5)
    )  # fmt: skip
    marks = dict(face_landmarks(person))
    marks["hand"] = person.bone("wrist.R")
    return {name: [float(v) for v in point] for name, point in marks.items()}


if __name__ == "__main__":
    said = {"numpy": np.__version__, "errors": errors_by_bone(), "marks": posed_marks()}
    print(json.dumps(said))
