"""What is done to a picture after it is drawn: palette, brightness, contrast, sharpening, grain. One algorithm a file."""
