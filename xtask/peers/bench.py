"""Times other tools on the instances of `payoff::instances` and prints one line a job: name, peer, CPU seconds."""

import itertools
import time

import numpy as np


def digest(party, issue, option):
    t = (party + 1) * 1000003 + (issue + 1) * 10007 + (option + 1) * 101
    return t * t % 65537


def weight(party, issue):
    return 1 + (37 * (party + 1) + 11 * (issue + 1)) % 9


def table(party, issue, size):
    """The opposed family: one party climbs where another falls."""
    climb = [0]
    for option in range(1, size):
        climb.append(climb[-1] + 1 + digest(party, issue, option) % 200)
    rises = party == 0 or (party >= 2 and (issue + party) % 2 == 0)
    return [weight(party, issue) * (c if rises else climb[-1] - c) for c in climb]


def points(parties, issues, size=10):
    """Every package's payoffs, a row a package."""
    columns = []
    for party in range(parties):
        sums = np.zeros(1)
        for issue in range(issues):
            sums = np.add.outer(sums, np.array(table(party, issue, size), float)).ravel()
        columns.append(sums)
    return np.column_stack(columns)


def timed(job, peer, work):
    begun = time.process_time()
    try:
        found = work()
    except Exception as error:
        print(f"# {peer} cannot do {job}: {error!r}", flush=True)
        return
    spent = time.process_time() - begun
    print(f"{job}\t{peer}\t{spent:.6f}\t{found}", flush=True)


def negmas_job(all_points):
    from negmas.preferences.ops import pareto_frontier_numpy

    return len(pareto_frontier_numpy(all_points))


def main():
    for parties, issues in itertools.product((2, 3), (5, 6)):
        job = f"frontier {parties} parties 1e{issues} opposed"
        rows = points(parties, issues)
        try:
            from moocore import is_nondominated

            timed(job, "moocore", lambda: int(is_nondominated(rows, maximise=True).sum()))
        except ImportError:
            print("# moocore is not installed", flush=True)
        try:
            from paretoset import paretoset

            sense = ["max"] * parties
            paretoset(rows[:100], sense=sense)  # so that compiling is not timed
            timed(job, "paretoset", lambda: int(paretoset(rows, sense=sense).sum()))
        except ImportError:
            print("# paretoset is not installed", flush=True)
        try:
            import negmas  # noqa: F401

            timed(job, "NegMAS", lambda: negmas_job(rows))
        except ImportError:
            print("# NegMAS is not installed", flush=True)


if __name__ == "__main__":
    main()
