"""Code that the adapters of one court platform share; it never imports an adapter."""
