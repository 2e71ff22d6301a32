"""The closed loop of Bjordalsbakke et al. 2022 to steady state with SciPy's solve_ivp: what our integrator is measured against.

Prints JSON: seconds for one steady state, and ejection fraction and mean arterial pressure. Arguments: rtol, atol, repetitions.
"""
import json
import sys
import time

import numpy as np
from scipy.integrate import solve_ivp

TAU, EMIN, EMAX, N1, N2 = 0.85, 0.03, 1.5, 1.32, 21.9
T1, T2 = 0.303 * TAU, 0.508 * TAU
RS, CSA, CSV, ZAO, RMV, MCFP = 1.11, 1.13, 11.0, 0.033, 0.006, 7.0


def activation(t):
    rise = (t / T1) ** N1
    fall = (t / T2) ** N2
    return rise / ((1 + rise) * (1 + fall))


K = 1 / max(activation(TAU * node / 999) for node in range(1, 1000))


def loop(t, y):
    pressure = ((EMAX - EMIN) * K * activation(t) + EMIN) * y[0]
    filling = (y[2] - pressure) / RMV if y[2] >= pressure else 0.0
    ejection = (pressure - y[1]) / ZAO if pressure >= y[1] else 0.0
    systemic = (y[1] - y[2]) / RS
    return [filling - ejection, (ejection - systemic) / CSA, (systemic - filling) / CSV]


def beat(y, rtol, atol, dense=False):
    return solve_ivp(loop, (0.0, TAU), y, method="RK45", rtol=rtol, atol=atol, max_step=TAU / 20, dense_output=dense)


def steady_state(rtol, atol, periodicity):
    y = np.array([MCFP / EMIN, MCFP, MCFP])
    for beats in range(1, 2001):
        following = beat(y, rtol, atol).y[:, -1]
        change = np.max(np.abs(following - y) / np.maximum(1.0, np.abs(following)))
        y = following
        if change < periodicity:
            return y, beats
    raise RuntimeError("not periodic")


def main():
    rtol, atol, periodicity, repetitions = float(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    seconds = []
    for _ in range(repetitions):
        begin = time.perf_counter()
        state, beats = steady_state(rtol, atol, periodicity)
        seconds.append(time.perf_counter() - begin)
    curve = beat(state, rtol, atol, dense=True).sol(np.linspace(0, TAU, 20001))
    volume = curve[0]
    print(
        json.dumps(
            {
                "seconds": sorted(seconds)[len(seconds) // 2],
                "beats": beats,
                "EF": float((volume.max() - volume.min()) / volume.max()),
                "EDV": float(volume.max()),
            }
        )
    )


main()
