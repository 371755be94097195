"""How the variance between trials may be estimated, by name. No numbers here, so that it is there at once."""

from __future__ import annotations

from typing import Final, Literal

Method = Literal["reml", "dl", "pm", "ml"]
METHODS: Final[dict[Method, str]] = {
    "reml": "restricted maximum likelihood",
    "dl": "DerSimonian and Laird",
    "pm": "Paule and Mandel",
    "ml": "maximum likelihood",
}
