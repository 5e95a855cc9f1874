"""How the desk and the pages write dates, where Django's own way is not ours."""
