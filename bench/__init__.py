"""The benchmarks: one JSON object a line on standard output, words for people on standard error."""
