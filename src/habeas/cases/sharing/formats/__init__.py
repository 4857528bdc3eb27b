"""The formats, one module each; see `sharing.contract`."""
