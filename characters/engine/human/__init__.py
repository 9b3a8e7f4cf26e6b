"""The parametric human as plain numpy: shape from phenotype, local changes, expression, pose. No other room is needed."""
