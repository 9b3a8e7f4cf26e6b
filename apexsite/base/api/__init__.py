"""Plumbing every API door stands on: answers to errors, pages, preconditions, limits, the description."""
