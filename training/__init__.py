"""Recipes that make the weights which the project ships; not in the wheel."""
