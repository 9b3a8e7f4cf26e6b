"""The offline composition sketch: camera, stage, figures, sets, light. Imports stay cheap; Pillow loads on first use."""
