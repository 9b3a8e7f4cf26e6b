"""What is heard and read along with the picture."""
