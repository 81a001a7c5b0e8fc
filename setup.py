"""Which packages go into the wheel: every folder of ours, found here, and `resources/`, mapped in pyproject.toml.

pyproject.toml alone can either search for packages or map a folder into one, not both.
"""

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["reviewapp", "reviewapp.*", "ui", "ui.*"]), "reviewapp._resources"])
