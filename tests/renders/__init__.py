"""Tests of renders."""
