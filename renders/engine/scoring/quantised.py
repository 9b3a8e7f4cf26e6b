"""How strongly a picture was coded as JPEG: the step its 8×8 frequencies were rounded to, read from the picture."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from apexsite.kit.pixels import Floats3

BLOCK = 8
TABLE: dict[tuple[int, int], int] = {
    (0, 1): 11,
    (1, 0): 12,
    (1, 1): 12,
    (0, 2): 10,
    (2, 0): 14,
    (1, 2): 14,
    (2, 1): 13,
}
"""Steps of the lowest frequencies (down, across) at quality 50. Source: ITU-T T.81, table K.1."""
MOST_BLOCKS = 4096
LEAST_SAMPLES, LEAST_FREQUENCIES = 24, 3
PERIODIC = 0.55
"""Mean of the cosine over the step's multiples from which coefficients count as rounded. House choice."""


def coding_scale(luma: Floats3) -> float:
    """Return the coding step of an H×W plane of 0–255 as a multiple of quality 50's: 0 where no coding shows.

    About 0.1 is quality 95, 0.5 quality 75, 1 quality 50, 5 quality 10. A picture that was scaled, cropped off the grid
    or painted over after its coding gives 0. Source: after Fan, de Queiroz, "Identification of Bitmap Compression
    History", IEEE TIP 12 (2003): rounded coefficients stand on a comb.
    """
    from scipy.fft import dctn

    height, width = (side // BLOCK for side in luma.shape)
    if not height or not width:
        return 0.0
    tiles = luma[: height * BLOCK, : width * BLOCK].reshape(height, BLOCK, width, BLOCK)
    blocks = tiles.swapaxes(1, 2).reshape(-1, BLOCK, BLOCK)
    inside = (blocks.min(axis=(1, 2)) > 1.0) & (blocks.max(axis=(1, 2)) < 254.0)
    blocks = blocks[inside]
    blocks = blocks[:: max(1, len(blocks) // MOST_BLOCKS)]
    if not len(blocks):
        return 0.0
    frequencies = dctn(blocks, axes=(1, 2), norm="ortho")
    found = [
        step / base
        for (down, across), base in TABLE.items()
        if (step := _comb_step(frequencies[:, down, across]))
    ]
    return float(np.median(found)) if len(found) >= LEAST_FREQUENCIES else 0.0


def _comb_step(values: npt.NDArray[np.float32]) -> float:
    """Return the largest step whose multiples hold the values, 0 for none."""
    sizes = np.abs(values)
    sizes = sizes[sizes > 1.5]
    if sizes.size < LEAST_SAMPLES:
        return 0.0
    steps = np.arange(2.0, 180.0)
    turns = sizes[:, None] / steps
    held = np.where(turns > 0.5, np.cos(2 * np.pi * turns), -1.0).mean(axis=0)
    good = np.nonzero(held > PERIODIC)[0]
    return float(steps[good[-1]]) if good.size else 0.0
