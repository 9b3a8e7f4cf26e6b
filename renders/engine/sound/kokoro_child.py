"""A small program of its own: reads one JSON document of token groups on stdin, speaks each with Kokoro-82M.

It is run as `python -m renders.engine.sound.kokoro_child`, so that the model's half gigabyte goes when it ends. For each
line it writes 24 kHz float32 samples to the line's path and prints one JSON line: its index and, for each group, the
samples and every token's length in steps of 600 samples.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from renders.engine.sound.onnxgraph import with_output

DURATIONS = "/encoder/Clip_output_0"
"""The value of the graph that holds how many steps each token lasts."""
STYLE_ROWS, STYLE_SIZE = 510, 256


def style_of(shares: list[list[Any]], folder: Path) -> Any:
    """Return the blended style vectors of a voice, float32 (510, 256)."""
    total = np.zeros((STYLE_ROWS, STYLE_SIZE), np.float32)
    for name, share in shares:
        rows = np.fromfile(folder / f"{name}.f16", "<f2").reshape(STYLE_ROWS, STYLE_SIZE)
        total += np.float32(share) * rows.astype(np.float32)
    return total


def main() -> int:
    """Speak every line of the document on stdin."""
    import onnxruntime

    document = json.load(sys.stdin)
    options = onnxruntime.SessionOptions()
    # One core: a second one makes a line a third faster and costs a tenth more work, and others wait for it.
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        with_output(Path(document["model"]).read_bytes(), DURATIONS),
        options,
        providers=["CPUExecutionProvider"],
    )
    for index, line in enumerate(document["lines"]):
        style = style_of(line["shares"], Path(document["voices"]))
        sound, groups = [], []
        for tokens in line["groups"]:
            samples, durations = session.run(
                None,
                {
                    "tokens": np.array([tokens], np.int64),
                    "style": style[min(len(tokens) - 2, STYLE_ROWS - 1)][None],
                    "speed": np.array([line["speed"]], np.float32),
                },
            )
            sound.append(np.asarray(samples, np.float32).reshape(-1))
            groups.append({"samples": int(sound[-1].size), "steps": durations.reshape(-1).tolist()})
        Path(line["path"]).write_bytes(np.concatenate(sound).astype("<f4").tobytes())
        sys.stdout.write(json.dumps({"index": index, "groups": groups}) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
