"""Commands for those who write lessons."""
