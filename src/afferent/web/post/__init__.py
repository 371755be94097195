"""Messages to clients and calendar feeds. The outbox is the truth; see `outbox`, `claims`, `sending` and `feeds`."""
