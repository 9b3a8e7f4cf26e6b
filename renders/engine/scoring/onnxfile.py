"""Run a model of an ONNX file: opened once, on one thread so that the same input gives the same numbers."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from apexsite.kit.errors import InputError
from apexsite.kit.faultwords import words_of_fault


def onnx_run(path: str, given: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the first answer 1×D of a model of one input; raises `InputError` naming the file for what does not fit."""
    session = onnx_session(path)
    wanted = session.get_inputs()[0]
    if "int32" in wanted.type:
        given = given.astype(np.int32)
    try:
        found = session.run(None, {wanted.name: given})
    except Exception as err:  # onnxruntime raises its own kinds for every mismatch
        raise InputError(f"{Path(path).name} does not take what it is given: {err}"[:300]) from err
    answers = [one for one in found if np.ndim(one) == 2 and np.shape(one)[0] == 1]
    if not answers:
        raise InputError(f"{Path(path).name} gives no vector 1×D")
    return np.asarray(answers[0])


def onnx_session(path: str) -> Any:
    """Return the opened model; raises `InputError` for a file that is missing or no model."""
    file = Path(path)
    if not file.is_file():
        raise InputError(f"{file.name} is not a file")
    return _opened(path, file.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _opened(path: str, _changed_ns: int) -> Any:
    from importlib.util import find_spec

    if find_spec("onnxruntime") is None:
        raise InputError("onnxruntime is not installed: make install TIER=vision")
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as err:  # onnxruntime raises its own kinds for every broken file
        raise InputError(
            f"{Path(path).name} is no ONNX model: {words_of_fault(err, path)}"[:300]
        ) from err
