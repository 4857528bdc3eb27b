"""The portals that the replica imitates: one module each, the pages in their real structures."""
