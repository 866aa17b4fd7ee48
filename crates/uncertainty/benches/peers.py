"""The peer of `benches/sensitivity.rs`: the same analysis by SALib, in CPU seconds of one process.

Says so and does nothing where SALib is not installed.
"""

import sys
import time

try:
    import numpy as np
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample
except ImportError as absent:
    sys.exit(f"skipped: {absent}")

A = np.array([0, 0.5, 3, 9, 99, 99, 1, 2, 4, 20, 50, 99])
PROBLEM = {
    "num_vars": 12,
    "names": [f"x{i}" for i in range(12)],
    "bounds": [[0, 1]] * 12,
}

start = time.process_time()
points = sample.sample(PROBLEM, 2**14, calc_second_order=False)
outputs = np.prod((np.abs(4 * points - 2) + A) / (1 + A), axis=1)
evaluated = time.process_time()
indices = analyze.analyze(
    PROBLEM, outputs, calc_second_order=False, num_resamples=1000, seed=1
)
done = time.process_time()
print(f"points and model {evaluated - start:.2f} s, indices {done - evaluated:.2f} s")
print("first order of factors 0, 1, 6:", indices["S1"][[0, 1, 6]].round(4))
print("total of factors 0, 1, 6:", indices["ST"][[0, 1, 6]].round(4))
