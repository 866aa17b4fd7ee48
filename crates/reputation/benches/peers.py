"""Peers of `benches/bulk.rs`, in million acts per CPU second of one process.

hmmlearn filters types (its scaled forward pass, which it offers as smoothed beliefs only); pandas lets
counts of good and bad acts fade by a half-life, dyad by dyad. Says so and skips a peer that is not
installed.
"""

import time

try:
    import numpy as np
except ImportError as absent:
    raise SystemExit(f"skipped: {absent}")

RNG = np.random.default_rng(1997)


def timed(name, acts, run):
    start = time.process_time()
    run()
    spent = time.process_time() - start
    print(f"{name}: {acts / spent / 1e6:.2f} million acts per CPU second")


def types():
    try:
        from hmmlearn.hmm import CategoricalHMM
    except ImportError as absent:
        return print(f"skipped: {absent}")
    for n_types in (2, 3):
        model = CategoricalHMM(n_components=n_types, implementation="scaling")
        model.n_features = 4
        model.startprob_ = np.full(n_types, 1 / n_types)
        stay = 0.98
        model.transmat_ = np.full((n_types, n_types), (1 - stay) / (n_types - 1))
        np.fill_diagonal(model.transmat_, stay)
        model.emissionprob_ = RNG.dirichlet(np.ones(4), n_types)
        acts = RNG.integers(0, 4, (1_000_000, 1))
        timed(
            f"hmmlearn, {n_types} types, one series of 10^6",
            len(acts),
            lambda: model.score_samples(acts),
        )
        timed(
            f"hmmlearn, {n_types} types, 10^4 series of 100",
            len(acts),
            lambda: model.score_samples(acts, np.full(10_000, 100)),
        )


def fading():
    try:
        import pandas as pd
    except ImportError as absent:
        return print(f"skipped: {absent}")
    acts, dyads, half_life = 10_000_000, 39_770, 5 * 365.25
    day = np.sort(RNG.integers(0, 14_610, acts))
    frame = pd.DataFrame(
        {"dyad": RNG.integers(0, dyads, acts), "good": RNG.random(acts) < 0.6, "day": day}
    )

    def run():
        # Weights grow with time, are added up and divided by the last: overflows at short half-lives.
        growth = np.exp2(frame.day / half_life)
        for good in (frame.good, ~frame.good):
            (growth * good).groupby(frame.dyad).cumsum() / growth

    timed("pandas, counts that fade, after every act", acts, run)


types()
fading()
