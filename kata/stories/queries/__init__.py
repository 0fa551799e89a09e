"""Reading stories: ``opening`` says whose they are and who may read them, ``telling`` what stands in them."""
