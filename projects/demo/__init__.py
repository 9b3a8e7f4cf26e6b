"""The demo production, *The Last Witness*: an original screenplay, its style bible and its casting, as documents."""
