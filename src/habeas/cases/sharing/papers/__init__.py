"""Papers that people read: how they are arranged, set as PDF, and written as DOCX."""
