"""Tests of the person engines."""
