"""What a client answers alone, on a phone, through a link."""
