"""Tests of pictures, sound, cut and film."""
