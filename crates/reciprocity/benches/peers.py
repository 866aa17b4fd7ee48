"""Peers of the benches beside this file on the same games, in CPU milliseconds after warm-up: QuantEcon.py for
payoff sets and equilibria, nashpy and pygambit for equilibria, Axelrod and plain linear algebra for tournaments.
What is not installed is named and passed over. No test runs this.
"""

import importlib
import time
from fractions import Fraction


def installed(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name}: not installed")
        return None


def median(run, runs=3):
    """The median of a few runs after one that does not count."""
    times = []
    for _ in range(runs + 1):
        start = time.process_time()
        run()
        times.append(1000 * (time.process_time() - start))
    return sorted(times[1:])[runs // 2]


def random_game(n, seed):
    """The game of `stage.rs`: whole numbers from 0 to 99 after Park and Miller."""
    state, sides = seed, []
    for _ in range(2):
        cells = []
        for _ in range(n * n):
            state = state * 48271 % 2147483647
            cells.append(state // 1000 % 100)
        sides.append([cells[i * n : (i + 1) * n] for i in range(n)])
    return sides


def cournot(n):
    """The row's profits where both choose one of n quantities from 0 to 6; the column's are transposed."""
    quantities = [6 * k / (n - 1) for k in range(n)]
    return [[a * (27 / 5 - a - b) for b in quantities] for a in quantities]


MEMORY_ONE = [
    (1, 1, 1, 1, 1), (0, 0, 0, 0, 0), (1, 1, 0, 1, 0), (0, 1, 0, 1, 0), (1, 1, 1 / 3, 1, 1 / 3), (1, 1, 0, 0, 1),
    (1, 1, 0, 1, 2 / 3), (1, 0.935, 0.229, 0.266, 0.42), (1, 0.95, 0.05, 0.05, 0.95), (1, 1, 0.125, 1, 0.25),
    (1, 8 / 9, 0.5, 1 / 3, 0), (1, 0.75, 0.25, 0.5, 0.25), (1, 1, 0.1, 1, 0.1), (0.5, 0.5, 0.5, 0.5, 0.5),
    (1, 1, 0, 0, 0), (1, 0.9, 0.7, 0.2, 0.1),
]  # first period, then after CC, CD, DC and DD


def payoff_sets(np, theory, repeated):
    def timed(profit, delta):
        game = theory.NormalFormGame([theory.Player(np.array(profit))] * 2)
        return median(lambda: repeated.RepeatedGame(game, delta).equilibrium_payoffs())

    for delta in (0.3, 0.5, 0.75, 0.9):
        found = timed([[9.0, 1.0], [10.0, 3.0]], delta)
        print(f"quantecon, payoff set of a dilemma, delta {delta}: {found:.2f} ms")
    for n in (3, 5, 10, 20, 40):
        print(f"quantecon, payoff set of Cournot, {n} quantities: {timed(cournot(n), 0.8):.2f} ms")


def equilibria_by_quantecon(np, theory):
    for seed in range(1, 6):
        row, column = (np.array(side, dtype=float) for side in random_game(10, seed))
        game = theory.NormalFormGame([theory.Player(row), theory.Player(column.T.copy())])
        found = median(lambda: theory.vertex_enumeration(game))
        print(f"quantecon, all equilibria of a random 10 x 10 game, seed {seed}: {found:.2f} ms")
    profit = np.array(cournot(40))
    game = theory.NormalFormGame([theory.Player(profit)] * 2)
    print(f"quantecon, Lemke-Howson on Cournot 40 x 40: {median(lambda: theory.lemke_howson(game)):.3f} ms")


def equilibria_by_nashpy(np, nashpy):
    row, column = (np.array(side, dtype=float) for side in random_game(10, 1))
    start = time.process_time()
    list(nashpy.Game(row, column).vertex_enumeration())  # once, as it takes half a minute
    found = 1000 * (time.process_time() - start)
    print(f"nashpy, all equilibria of a random 10 x 10 game, seed 1: {found:.0f} ms")
    # Its Lemke-Howson overflows on Cournot 40 x 40 (version 0.0.43) and finds no end.


def equilibria_by_gambit(np, gambit):
    def game(row, column):
        exact = [np.array([[Fraction(it) for it in line] for line in side]) for side in (row, column)]
        return gambit.Game.from_arrays(*exact)

    for seed in range(1, 6):
        instance = game(*random_game(10, seed))
        found = median(lambda: gambit.nash.enummixed_solve(instance, rational=False), 1)
        print(f"gambit, all equilibria of a random 10 x 10 game, seed {seed}: {found:.0f} ms")


def tournament_by_algebra(np):
    payoffs, slips = np.array([3.0, 0.0, 5.0, 1.0]), 0.01

    def outcomes(own, other):
        return np.stack([own * other, own * (1 - other), (1 - own) * other, (1 - own) * (1 - other)], axis=-1)

    def pairs():
        noisy = (1 - 2 * slips) * np.array(MEMORY_ONE) + slips
        seen = noisy[:, [1, 3, 2, 4]]
        starts = outcomes(noisy[:, None, 0], noisy[None, :, 0])
        return starts, outcomes(noisy[:, None, 1:], seen[None, :, :])

    def discounted(delta=0.95):
        starts, moves = pairs()
        worth = np.linalg.solve(np.eye(4) - delta * moves, payoffs[:, None])
        return (1 - delta) * np.einsum("ijk,ijk->ij", starts, worth[..., 0])

    def periods(n=200):
        state, moves = pairs()
        total = np.zeros(state.shape[:2])
        for _ in range(n):
            total += state @ payoffs
            state = np.einsum("ijk,ijkl->ijl", state, moves)
        return total / n

    print(f"numpy, 16 memory one, all pairs, discounted: {median(discounted, 9):.2f} ms")
    print(f"numpy, 16 memory one, all pairs, 200 periods: {median(periods, 9):.2f} ms")


def tournament_by_axelrod(axelrod):
    players = [axelrod.MemoryOnePlayer(tuple(it[1:]), initial=axelrod.Action.C) for it in MEMORY_ONE]

    def play():
        axelrod.Tournament(players, turns=200, repetitions=50, noise=0.01, seed=1).play(progress_bar=False)

    print(f"axelrod, 16 memory one, all pairs, 200 turns 50 times, simulated: {median(play, 1):.0f} ms")


if __name__ == "__main__":
    np = installed("numpy")
    theory = installed("quantecon.game_theory")
    if np and theory:
        payoff_sets(np, theory, importlib.import_module("quantecon.game_theory.repeated_game"))
        equilibria_by_quantecon(np, theory)
    nashpy = installed("nashpy")
    if np and nashpy:
        equilibria_by_nashpy(np, nashpy)
    gambit = installed("pygambit")
    if np and gambit:
        equilibria_by_gambit(np, gambit)
    if np:
        tournament_by_algebra(np)
    axelrod = installed("axelrod")
    if axelrod:
        tournament_by_axelrod(axelrod)
