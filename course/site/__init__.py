"""The reading site: all lessons as pages that answer without a kernel and without a network."""
