"""The pages of the intake: `staff` makes links, `door` opens them, `steps` asks, `ends` reads back and closes."""
