"""Wing 2, the person: character profiles, castings and voices."""
