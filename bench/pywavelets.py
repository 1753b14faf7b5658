"""The other side of bench/wavelets.ts: times PyWavelets. Reads one JSON object a line, answers with milliseconds."""

import json
import sys
import time

import numpy
import pywt

print(json.dumps({"version": pywt.__version__}), flush=True)
for line in sys.stdin:
    cell = json.loads(line)
    shape, wavelet, level = cell["shape"], cell["wavelet"], cell["levels"]
    data = numpy.random.default_rng(1).standard_normal(shape).astype(cell["type"])
    args = dict(wavelet=wavelet, mode="periodization")
    coefficients = pywt.wavedec2(data, level=level, **args)
    run = {
        "forward": lambda: pywt.wavedec2(data, level=level, **args),
        "inverse": lambda: pywt.waverec2(coefficients, **args),
    }[cell["direction"]]
    run()
    times = []
    for _ in range(cell["runs"]):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    print(json.dumps({"ms": min(times)}), flush=True)
