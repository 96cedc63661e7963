"""What was measured by many runs, and what measures it again."""
