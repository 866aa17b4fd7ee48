"""Peer of `benches/payoff_sets.rs`: QuantEcon.py on the same games, in CPU milliseconds after warm-up. Says so
and stops if it is not installed.
"""

import time

try:
    import numpy as np
    from quantecon.game_theory import NormalFormGame, Player
    from quantecon.game_theory.repeated_game import RepeatedGame
except ImportError as absent:
    raise SystemExit(f"skipped: {absent}")


def dilemma():
    return NormalFormGame([Player(np.array([[9.0, 1.0], [10.0, 3.0]]))] * 2)


def cournot(n):
    quantities = [6 * k / (n - 1) for k in range(n)]
    profit = np.array([[a * (27 / 5 - a - b) for b in quantities] for a in quantities])
    return NormalFormGame([Player(profit)] * 2)


def median(game, delta, runs=3):
    times = []
    for _ in range(runs + 1):
        start = time.process_time()
        RepeatedGame(game, delta).equilibrium_payoffs()
        times.append(1000 * (time.process_time() - start))
    return sorted(times[1:])[runs // 2]


for delta in (0.3, 0.5, 0.75, 0.9):
    print(f"dilemma, delta {delta}: {median(dilemma(), delta):.2f} ms")
for n in (3, 5, 10, 20, 40):
    print(f"cournot, {n} quantities: {median(cournot(n), 0.8):.2f} ms")
