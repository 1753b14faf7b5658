"""PyWavelets' side of the sweep. Reads one JSON object a line, answers with milliseconds of processor time of a call."""

import json
import sys
import time
import warnings

import numpy
import pywt

warnings.simplefilter("ignore")


def scales(cell):
    count = cell["levels"]
    ratio = min(128, cell["shape"][0] / 16)
    return [2 * ratio ** (i / (count - 1)) for i in range(count)]


def packets(cell, data):
    kind = pywt.WaveletPacket2D if data.ndim == 2 else pywt.WaveletPacket
    tree = kind(data, cell["wavelet"], cell["mode"], maxlevel=cell["levels"])
    tree.get_level(cell["levels"])
    return tree


def task(cell, data):
    kind, wavelet, mode, level = (cell[key] for key in ("kind", "wavelet", "mode", "levels"))
    args = dict(wavelet=wavelet, mode=mode)
    if kind == "dwt":
        return lambda: pywt.dwt(data, wavelet, mode)
    if kind == "idwt":
        low, high = pywt.dwt(data, wavelet, mode)
        return lambda: pywt.idwt(low, high, wavelet, mode)
    if kind == "wavedec":
        return lambda: pywt.wavedec(data, level=level, **args)
    if kind == "waverec":
        bands = pywt.wavedec(data, level=level, **args)
        return lambda: pywt.waverec(bands, **args)
    if kind == "wavedec2":
        return lambda: pywt.wavedec2(data, level=level, **args)
    if kind == "waverec2":
        bands = pywt.wavedec2(data, level=level, **args)
        return lambda: pywt.waverec2(bands, **args)
    if kind == "wavedecn":
        return lambda: pywt.wavedecn(data, level=level, **args)
    if kind == "waverecn":
        bands = pywt.wavedecn(data, level=level, **args)
        return lambda: pywt.waverecn(bands, **args)
    if kind == "fswavedecn":
        return lambda: pywt.fswavedecn(data, wavelet, mode, levels=level)
    if kind == "fswaverecn":
        bands = pywt.fswavedecn(data, wavelet, mode, levels=level)
        return lambda: pywt.fswaverecn(bands)
    if kind == "batch":
        return lambda: pywt.wavedec(data, level=level, axis=cell["axis"], **args)
    if kind == "ibatch":
        bands = pywt.wavedec(data, level=level, axis=cell["axis"], **args)
        return lambda: pywt.waverec(bands, axis=cell["axis"], **args)
    if kind in ("packet", "packet2"):
        return lambda: packets(cell, data)
    if kind in ("ipacket", "ipacket2"):
        tree = packets(cell, data)
        return lambda: tree.reconstruct(update=False)
    if kind == "swt":
        return lambda: pywt.swt(data, wavelet, level)
    if kind == "iswt":
        bands = pywt.swt(data, wavelet, level)
        return lambda: pywt.iswt(bands, wavelet)
    if kind == "swt2":
        return lambda: pywt.swt2(data, wavelet, level)
    if kind == "iswt2":
        bands = pywt.swt2(data, wavelet, level)
        return lambda: pywt.iswt2(bands, wavelet)
    if kind == "upcoef":
        return lambda: pywt.upcoef("a", data, wavelet, level=level)
    if kind == "downcoef":
        return lambda: pywt.downcoef("a", data, wavelet, mode, level=level)
    if kind in ("pack", "unpack", "ravel", "unravel"):
        bands = pywt.wavedec2(data, level=level, **args)
        if kind == "pack":
            return lambda: pywt.coeffs_to_array(bands)
        if kind == "unpack":
            array, slices = pywt.coeffs_to_array(bands)
            # Views of the mosaic there; here every band has its own rows, one after another.
            return lambda: [
                numpy.ascontiguousarray(band)
                for level in pywt.array_to_coeffs(array, slices, "wavedec2")
                for band in (level if isinstance(level, tuple) else [level])
            ]
        if kind == "ravel":
            return lambda: pywt.ravel_coeffs(bands)
        flat, slices, shapes = pywt.ravel_coeffs(bands)
        return lambda: pywt.unravel_coeffs(flat, slices, shapes, "wavedec2")
    if kind == "pad":
        return lambda: pywt.pad(data, data.size // 5, mode)
    if kind == "threshold":
        return lambda: pywt.threshold(data, 0.7, wavelet)
    if kind == "firm":
        return lambda: pywt.threshold_firm(data, 0.5, 1.2)
    if kind == "noise":
        return lambda: numpy.median(numpy.abs(data)) / 0.6744897501960817
    if kind == "cwt":
        own = scales(cell)
        return lambda: pywt.cwt(data, own, wavelet, method="fft")
    return None


def measure(run, calls):
    start = time.process_time()
    for _ in range(calls):
        run()
    return 1000 * (time.process_time() - start)


print(json.dumps({"version": pywt.__version__}), flush=True)
last, run, each = "", None, 0
for line in sys.stdin:
    question = json.loads(line)
    cell, ms = question["cell"], question["ms"]
    key = json.dumps(cell)
    if key != last:
        cell = {"levels": None, "mode": "symmetric", "axis": None, **cell}
        data = numpy.random.default_rng(1).standard_normal(cell["shape"]).astype(cell["type"])
        last, run = key, task(cell, data)
        if run:
            calls, used = 1, 0
            while used < ms and calls < 4096:
                own = measure(run, calls)
                used, each, calls = used + own, max(own / calls, 1e-4), 2 * calls
    if run is None:
        print(json.dumps({"ms": None}), flush=True)
        continue
    calls = max(1, min(100000, round(ms / each)))
    print(json.dumps({"ms": measure(run, calls) / calls}), flush=True)
