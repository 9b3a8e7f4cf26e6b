"""Wing 3, the picture: jobs, variants, scores, reviews, cuts and deliveries."""
