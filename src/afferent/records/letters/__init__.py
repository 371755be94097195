"""Letters: what a clinic asks and tells the care team, as frozen values, and their pages as PDF.

Ask here: one module each for what a letter says (`request`, `progress`, `urgent`, `thanks`, `discharge`, `necessity`,
`receipt`), `answer` (what came back, read strictly), and `pdf.pdf(letter, paper)`. Every letter carries who made it
from which facts. Nothing here sends anything, keeps anything or reads a clock.
"""
