"""Live figures for the lessons, one file a lesson."""
