"""The ten emotions as ARKit action weights, and the weights of lids that follow a gaze."""

from __future__ import annotations

from apexsite.kit.errors import InputError, listed

_BOTH: dict[str, dict[str, float]] = {
    "neutral": {"browInnerUp": 0.34, "browOuterUp": 0.10, "mouthSmile": 0.20, "cheekSquint": 0.06},
    "happy": {
        "mouthSmile": 0.72,
        "cheekSquint": 0.55,
        "eyeSquint": 0.22,
        "mouthDimple": 0.25,
        "mouthUpperUp": 0.12,
    },
    "sad": {
        "mouthFrown": 0.55,
        "browInnerUp": 0.80,
        "mouthShrugLower": 0.30,
        "eyeSquint": 0.10,
        "eyeLookDown": 0.18,
        "mouthPress": 0.15,
    },
    "angry": {
        "browDown": 0.85,
        "noseSneer": 0.30,
        "eyeSquint": 0.30,
        "mouthPress": 0.45,
        "mouthFrown": 0.28,
        "jawForward": 0.15,
    },
    "surprised": {
        "browInnerUp": 0.75,
        "browOuterUp": 0.80,
        "eyeWide": 0.75,
        "jawOpen": 0.34,
        "mouthFunnel": 0.12,
    },
    "fearful": {
        "browInnerUp": 0.90,
        "browOuterUp": 0.35,
        "eyeWide": 0.65,
        "mouthStretch": 0.50,
        "jawOpen": 0.16,
        "mouthLowerDown": 0.15,
    },
    "disgusted": {
        "noseSneer": 0.80,
        "mouthUpperUp": 0.40,
        "browDown": 0.45,
        "eyeSquint": 0.35,
        "mouthFrown": 0.35,
        "mouthShrugLower": 0.20,
    },
    "excited": {
        "mouthSmile": 0.90,
        "jawOpen": 0.26,
        "browOuterUp": 0.50,
        "browInnerUp": 0.35,
        "eyeWide": 0.30,
        "cheekSquint": 0.40,
        "mouthUpperUp": 0.22,
    },
    "calm": {"mouthSmile": 0.16, "eyeBlink": 0.10, "browOuterUp": 0.06},
    "confident": {
        "mouthSmile": 0.30,
        "browDown": 0.18,
        "eyeSquint": 0.24,
        "mouthPress": 0.14,
        "mouthDimple": 0.20,
    },
}
"""Weights by action, both sides. Source: action units of each emotion in Ekman and Friesen's EMFACS (happy 6+12, sad
1+4+15, angry 4+5+7+23, surprised 1+2+5+26, fearful 1+2+4+5+20+26, disgusted 9+15+16); amounts are house choice."""

UNEVEN: dict[str, tuple[float, float]] = {"confident": (1.0, 0.55), "disgusted": (1.0, 0.8)}
"""Share of the weights on the left and right side of an emotion that is shown unevenly. House choice."""

ONE_SIDED = ("browInnerUp", "jawForward", "jawOpen", "mouthFunnel", "mouthShrugLower")
EMOTIONS: tuple[str, ...] = tuple(_BOTH)


def emotion_weights(name: str, *, amount: float = 1.0) -> dict[str, float]:
    """Return ARKit weights (0 to 1) of an emotion at an amount from 0 to 1.

    Raises `InputError` for another name or an amount out of range.
    """
    if name not in _BOTH:
        raise InputError(f"expression={name!r} is not known; valid: {listed(EMOTIONS)}")
    if not 0.0 <= amount <= 1.0:
        raise InputError(f"amount={amount!r} of an expression must be from 0 to 1")
    left, right = UNEVEN.get(name, (1.0, 1.0))
    weights: dict[str, float] = {}
    for action, weight in _BOTH[name].items():
        if action in ONE_SIDED:
            weights[action] = weight * amount
        else:
            weights[f"{action}Left"] = weight * amount * left
            weights[f"{action}Right"] = weight * amount * right
    return weights


def gaze_weights(yaw_degrees: float, pitch_degrees: float) -> dict[str, float]:
    """Return the lid weights that go with eyes turned this far in the head: yaw + to the person's left, pitch + up.

    Source: ARKit's eyeLook actions, full at about 30 degrees.
    """
    side, rise = min(abs(yaw_degrees) / 30.0, 1.0), min(abs(pitch_degrees) / 30.0, 1.0)
    up = "Up" if pitch_degrees >= 0 else "Down"
    left, right = ("Out", "In") if yaw_degrees >= 0 else ("In", "Out")
    return {
        f"eyeLook{up}Left": rise,
        f"eyeLook{up}Right": rise,
        f"eyeLook{left}Left": side,
        f"eyeLook{right}Right": side,
    }


def added(*parts: dict[str, float]) -> dict[str, float]:
    """Return the sum of weight tables, held to 1."""
    total: dict[str, float] = {}
    for part in parts:
        for name, weight in part.items():
            total[name] = min(1.0, total.get(name, 0.0) + weight)
    return total
