"""The two public data sets: samples/survival, MIT, licence beside them."""

import pandas as pd
import pytest


@pytest.fixture(scope="session")
def waltons(root):
    return pd.read_csv(root / "tests" / "samples" / "survival" / "waltons_dataset.csv")


@pytest.fixture(scope="session")
def lung(root):
    return pd.read_csv(root / "tests" / "samples" / "survival" / "lung.csv")
