"""How text is understood: brand queries now, kinds and tone later.

Pure: knows no Django, no network, no clock.
"""
