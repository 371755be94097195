"""Tests of the backups."""
