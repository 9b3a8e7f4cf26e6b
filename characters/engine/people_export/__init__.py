"""Makes the tables of the parametric human again from the CC0 data folder of the source package."""
