"""Tests of the look engines."""
