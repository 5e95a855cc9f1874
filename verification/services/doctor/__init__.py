"""What an operator has to look after, with what to do about it. Nothing is changed by looking."""
