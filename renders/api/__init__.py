"""The API's doors to pictures, jobs, cuts and films."""
