"""The measurements: each figure against a reference of the same run, so that a slow computer changes no verdict."""
