"""The closed loop of Bjordalsbakke et al. 2022 to steady state with SciPy's solve_ivp: what our integrator is measured against.

Reads from standard input a JSON array of configurations, {"method", "rtol", "atol", "periodicity", "repetitions"}, and prints for
each the processor seconds of one steady state (the median) and what one beat of it measures. Without a configuration's method the valves'
openings and closings are located, so that each stretch is smooth, and everything is as exact as doubles allow: the reference.
"""
import json
import sys
import time

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import minimize_scalar

TAU, EMIN, EMAX, N1, N2 = 0.85, 0.03, 1.5, 1.32, 21.9
T1, T2 = 0.303 * TAU, 0.508 * TAU
RS, CSA, CSV, ZAO, RMV, MCFP = 1.11, 1.13, 11.0, 0.033, 0.006, 7.0
GRID = 2000
MOST_BEATS = 100


def activation(t):
    rise = (t / T1) ** N1
    fall = (t / T2) ** N2
    return rise / ((1 + rise) * (1 + fall))


K = 1 / max(activation(TAU * node / 999) for node in range(1, 1000))


def ventricular(t, y):
    return ((EMAX - EMIN) * K * activation(t) + EMIN) * y[0]


def flows(y, filling, ejection):
    systemic = (y[1] - y[2]) / RS
    return [filling - ejection, (ejection - systemic) / CSA, (systemic - filling) / CSV]


def loop(t, y):
    pressure = ventricular(t, y)
    filling = (y[2] - pressure) / RMV if y[2] >= pressure else 0.0
    ejection = (pressure - y[1]) / ZAO if pressure >= y[1] else 0.0
    return flows(y, filling, ejection)


def plain_beat(y, method, rtol, atol, dense=False):
    solution = solve_ivp(loop, (0.0, TAU), y, method=method, rtol=rtol, atol=atol, max_step=TAU / 20, dense_output=dense)
    return solution.y[:, -1], solution.sol


def mitral(t, y):
    return y[2] - ventricular(t, y)


def aortic(t, y):
    return ventricular(t, y) - y[1]


def exact_beat(y, dense=False):
    """From valve event to valve event; which valve is open is decided just behind the event, where the gradient has a sign."""
    t, pieces = 0.0, []
    opened = [gate(0.0, y) >= 0 for gate in (mitral, aortic)]
    while t < TAU:

        def stretch(at, state, opened=tuple(opened)):
            pressure = ventricular(at, state)
            return flows(
                state,
                (state[2] - pressure) / RMV if opened[0] else 0.0,
                (pressure - state[1]) / ZAO if opened[1] else 0.0,
            )

        events = []
        for gate, is_open in ((mitral, opened[0]), (aortic, opened[1])):

            def event(at, state, gate=gate):
                return gate(at, state)

            event.terminal, event.direction = True, -1 if is_open else 1
            events.append(event)
        solution = solve_ivp(
            stretch, (t, TAU), y, method="DOP853", rtol=1e-13, atol=1e-13, max_step=TAU / 400, events=events, dense_output=dense
        )
        for valve in (0, 1):
            if len(solution.t_events[valve]) > 0:
                opened[valve] = not opened[valve]
        pieces.append((solution.t[-1], solution.sol))
        t, y = solution.t[-1], solution.y[:, -1]

    def sol(at):
        return next(piece for end, piece in pieces if at <= end)(at)

    return y, sol


def steady_state(beat, periodicity):
    y = np.array([MCFP / EMIN, MCFP, MCFP])
    for beats in range(1, MOST_BEATS + 1):
        following = beat(y)[0]
        change = np.max(np.abs(following - y) / np.maximum(1.0, np.abs(following)))
        y = following
        if change < periodicity:
            return y, beats
    # Coarse steps may never repeat themselves; such a configuration does not reach anybody's error.
    return y, MOST_BEATS


def extreme(sol, of, sign):
    """The smallest (sign 1) or largest (sign -1) value over the beat, located between the points of a grid."""
    times = np.linspace(0, TAU, GRID + 1)
    values = [sign * of(sol(t)) for t in times]
    best = int(np.argmin(values))
    bounds = (times[max(best - 1, 0)], times[min(best + 1, GRID)])
    found = minimize_scalar(lambda t: sign * of(sol(t)), bounds=bounds, method="bounded", options={"xatol": 1e-10})
    return float(sign * min(found.fun, values[best]))


def measured(sol):
    largest, smallest = extreme(sol, lambda y: y[0], -1), extreme(sol, lambda y: y[0], 1)
    return {
        "EDV": largest,
        "ESV": smallest,
        "EF": (largest - smallest) / largest,
        "SBP": extreme(sol, lambda y: y[1], -1),
        "DBP": extreme(sol, lambda y: y[1], 1),
    }


def run(configuration):
    if "method" in configuration:
        method, rtol, atol = (configuration[name] for name in ("method", "rtol", "atol"))

        def beat(y, dense=False):
            return plain_beat(y, method, rtol, atol, dense)

    else:
        beat = exact_beat
    seconds = []
    for _ in range(configuration["repetitions"]):
        begin = time.process_time()
        state, beats = steady_state(beat, configuration["periodicity"])
        seconds.append(time.process_time() - begin)
    return {"seconds": sorted(seconds)[len(seconds) // 2], "beats": beats, **measured(beat(state, dense=True)[1])}


print(json.dumps([run(configuration) for configuration in json.load(sys.stdin)]))
