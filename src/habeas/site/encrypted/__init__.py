"""Django's SQLite backend on SQLCipher, for a home with a passphrase."""
