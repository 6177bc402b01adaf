"""How a draft is read: twelve checks of a good answer (PROCESS A4), by rules and tables of words alone.

`checks.read` is the way in. What it cannot know (whether the solution is a good one) it does not claim: a check
says that words of this sort stand there, and which.
"""
