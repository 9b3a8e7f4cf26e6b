"""From phenotype, local changes and expression to the vertices and joints of one body at rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from apexsite.kit.errors import InputError, listed
from characters.engine.human.phenotype import Phenotype, shape_weights
from characters.engine.human.tables import Floats, PeopleTables


@dataclass(frozen=True, slots=True)
class RestBody:
    """Vertices (19,158 × 3) and bone heads (104 × 3) in metres, z up, facing -y, arms as in the template."""

    vertices: Floats
    joints: Floats


def rest_body(
    phenotype: Phenotype,
    *,
    tables: PeopleTables,
    changes: Mapping[str, float] | None = None,
    expression: Mapping[str, float] | None = None,
) -> RestBody:
    """Return the body at rest.

    `changes` holds -1 to 1 by name (negative takes the opposite shape), `expression` 0 to 1 by ARKit name.
    Raises `InputError` for a name not known or a number out of range.
    """
    weights = shape_weights(phenotype, tables)
    offset = (weights @ tables.basis_map) @ tables.basis
    vertices: Floats = np.asarray(tables.template + offset.reshape(-1, 3), dtype=np.float32)
    moved = (weights @ tables.bone_shapes.reshape(len(weights), -1)).reshape(-1, 3)
    joints: Floats = np.asarray(tables.bone_heads + moved, dtype=np.float32)
    for name, amount in (changes or {}).items():
        row = 2 * _index(name, tables.change_names, "change") + (amount < 0)
        _check(name, amount, low=-1.0)
        tables.changes.add(vertices, row=row, amount=abs(amount))
        joints += tables.bone_changes[row] * abs(amount)
    express(vertices, expression or {}, tables=tables)
    return RestBody(vertices=vertices, joints=joints)


def express(vertices: Floats, expression: Mapping[str, float], *, tables: PeopleTables) -> None:
    """Add facial actions (ARKit name → 0 to 1) to rest vertices in place."""
    for name, amount in expression.items():
        row = _index(name, tables.action_names, "action")
        _check(name, amount, low=0.0)
        tables.actions.add(vertices, row=row, amount=amount)


def _index(name: str, names: tuple[str, ...], kind: str) -> int:
    try:
        return names.index(name)
    except ValueError:
        raise InputError(f"{kind}={name!r} is not known; valid: {listed(names)}") from None


def _check(name: str, amount: float, *, low: float) -> None:
    if not low <= amount <= 1.0:
        raise InputError(f"{name}={amount!r} must be from {low:g} to 1")
