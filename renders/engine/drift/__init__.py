"""How far a picture lies from its bible, feature by feature, and when that is far enough to say so."""
