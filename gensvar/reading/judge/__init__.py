"""What a post is: language, kind, sentiment, abuse, urgency, how surely, and the words that decided.

`Judge.read()` loads the model that is shipped (or another file); `judge.judge(texts)` gives a `Verdict` each.
"""
