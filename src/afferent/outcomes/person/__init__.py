"""One person's trial: agreed beforehand, analysed with its doubts, judged by rules that were written down before."""
