"""Readers for any file: pages, texts, tables and PDFs of publishers without an adapter."""
