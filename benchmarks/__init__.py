"""Speed of nnlib beside its peers, measured side by side in one run."""
