"""Backups of a clinic: sealed files that only the passphrase opens."""
