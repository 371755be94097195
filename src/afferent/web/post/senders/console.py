"""Text messages onto the terminal, for a demo: nothing leaves this machine."""

from __future__ import annotations

from afferent.web.post.senders import Letter


class Console:
    """Prints the message."""

    def send(self, letter: Letter) -> None:
        print(f"[text message to {letter.to}] {letter.text}", flush=True)
