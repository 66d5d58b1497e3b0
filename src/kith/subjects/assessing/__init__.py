"""A peer group is assessed in words, version by version, for its safety; and looked at again on its day."""
