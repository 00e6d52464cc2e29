"""Labs: notebooks to play with, cell by cell."""
