"""Where the eye goes first, when nobody says where the subject is."""

from __future__ import annotations

import numpy as np

from apexsite.kit.colour import Doubles

SIDE = 64


def salient_point(light: Doubles) -> tuple[float, float]:
    """Return (x, y) in [0, 1] of the centre of the most salient hundredth of an H×W plane.

    Source: Hou, Zhang, "Saliency Detection: A Spectral Residual Approach", CVPR 2007, with a weak centre prior.
    """
    from scipy.ndimage import gaussian_filter, uniform_filter, zoom

    height, width = light.shape
    plane = zoom(light, (SIDE / height, SIDE / width), order=1)
    spectrum = np.fft.fft2(plane)
    log_size = np.log(np.abs(spectrum) + 1e-9)
    residual = log_size - uniform_filter(log_size, 3, mode="wrap")
    saliency = np.abs(np.fft.ifft2(np.exp(residual + 1j * np.angle(spectrum)))) ** 2
    saliency = gaussian_filter(saliency, 2.5)
    axis = (np.arange(plane.shape[0]) + 0.5) / plane.shape[0] - 0.5
    across = (np.arange(plane.shape[1]) + 0.5) / plane.shape[1] - 0.5
    prior = np.exp(-(axis[:, None] ** 2 + across[None, :] ** 2) / (2 * 0.35**2))
    saliency = saliency * prior
    weight = np.where(saliency >= np.quantile(saliency, 0.97), saliency, 0.0)
    total = float(weight.sum())
    if total <= 0.0:
        return 0.5, 0.5
    x = float((weight.sum(axis=0) * (across + 0.5)).sum() / total)
    y = float((weight.sum(axis=1) * (axis + 0.5)).sum() / total)
    return x, y
