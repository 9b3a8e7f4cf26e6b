"""Tests of the pure ground."""
