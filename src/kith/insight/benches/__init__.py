"""Speed and quality of the engines, each beside its reference in the same run."""
