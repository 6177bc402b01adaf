"""How the shipped model is made: labelled posts in, a model file out. Needs scikit-learn (the extra `train`)."""
