"""The previz stage as Apex asks it."""
