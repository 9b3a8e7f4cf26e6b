"""Tests of Apex."""
