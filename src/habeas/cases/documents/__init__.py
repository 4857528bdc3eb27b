"""Documents: uploaded files kept under their hash, photos, copies of copies, reach."""
