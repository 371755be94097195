"""Why touch can quiet pain, and why not on a numb part: a published circuit. Explains, decides nothing.

`circuit`: the equations. `fibres`: spikes, and what damage does to them. `experiments`: what the circuit shows.

It is wrong for painful neuropathy: it says that losing C fibres lessens pain, while people with painful neuropathy have
lost the most. Its output is never a forecast for anybody.
"""
