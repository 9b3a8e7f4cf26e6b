"""Pictures by local diffusion models."""
