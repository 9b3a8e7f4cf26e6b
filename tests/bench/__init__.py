"""Measurements that are run by hand: speed against a floor made in the same run."""
