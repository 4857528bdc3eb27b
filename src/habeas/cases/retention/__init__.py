"""How long what is known of somebody is kept, what expires, and what is removed for good."""
