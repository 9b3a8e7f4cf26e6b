"""Tests of the parametric human, casting, poses and the stage worker."""
