"""The scripts of examples/16 to 20 with PyWavelets. Reads one JSON object a line, answers with milliseconds of processor time."""

import json
import sys
import time
import warnings

import numpy
import pywt

warnings.simplefilter("ignore")


def denoised(picture):
    bands = pywt.wavedec2(picture, "db2", level=4)
    sigma = numpy.median(numpy.abs(bands[-1][2])) / 0.6744897501960817

    def shrink(band):
        signal = numpy.mean(band * band) - sigma * sigma
        largest = numpy.max(numpy.abs(band))
        least = min(sigma * sigma / numpy.sqrt(signal), largest) if signal > 0 else largest
        return pywt.threshold(band, least, "soft")

    return pywt.waverec2([bands[0], *(tuple(shrink(band) for band in level) for level in bands[1:])], "db2")


def compressed_signal(signal, share):
    bands = pywt.wavedec(signal, "sym8")
    flat, slices, shapes = pywt.ravel_coeffs(bands)
    least = numpy.quantile(numpy.abs(flat), 1 - share)
    kept = pywt.threshold(flat, least, "hard")
    return pywt.waverec(pywt.unravel_coeffs(kept, slices, shapes, "wavedec"), "sym8")


def entropy(values):
    squares = values * values
    squares = squares[squares > 0]
    return -numpy.sum(squares * numpy.log(squares))


def basis_of(signal):
    packet = pywt.WaveletPacket(signal, "db4", "periodization", maxlevel=6)

    def best(node):
        own = entropy(node.data)
        if node.level == 6:
            return own, [node.path]
        (low, left), (high, right) = best(node["a"]), best(node["d"])
        return (own, [node.path]) if own <= low + high else (low + high, left + right)

    return best(packet)


def loudest(signal, scales, rate):
    rows, frequencies = pywt.cwt(signal, scales, "cmor1.5-1.0", 1 / rate, method="fft")
    modulus = numpy.abs(rows)
    row, column = numpy.unravel_index(numpy.argmax(modulus), modulus.shape)
    return float(modulus[row, column]), float(frequencies[row]), int(column)


def compressed_volume(volume, share):
    bands = pywt.wavedecn(volume, "bior4.4", level=3)
    flat, slices, shapes = pywt.ravel_coeffs(bands)
    least = numpy.quantile(numpy.abs(flat), 1 - share)
    kept = pywt.threshold(flat, least, "hard")
    return pywt.waverecn(pywt.unravel_coeffs(kept, slices, shapes, "wavedecn"), "bior4.4")


def noise(count):
    return numpy.modf(numpy.abs(numpy.sin(numpy.arange(count) + 1.0)) * 43758.5453)[0] - 0.5


scales = 2 * 128 ** (numpy.arange(100) / 99)


def norm(values):
    return [float(numpy.sqrt(numpy.sum(values * values)))]



tasks = {
    "denoise": (512 * 512, lambda x: denoised(x.reshape(512, 512)), norm),
    "compress": (2**18, lambda x: compressed_signal(x, 0.05), norm),
    "best basis": (16_384, basis_of, lambda found: [float(found[0]), len(found[1])]),
    "scalogram": (16_384, lambda x: loudest(x, scales, 1024), list),
    "volume": (96 * 128 * 128, lambda x: compressed_volume(x.reshape(96, 128, 128), 0.1), norm),
}


def data_of(count):
    i = numpy.arange(count)
    return numpy.sin(i * (0.001 + i * (0.4 / count))) + 0.3 * noise(count)


print(json.dumps({"version": pywt.__version__}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    count, run, digest = tasks[question["script"]]
    data = data_of(count)
    run(data)
    calls = question["calls"]
    start = time.process_time()
    for _ in range(calls):
        result = run(data)
    each = 1000 * (time.process_time() - start) / calls
    print(json.dumps({"ms": each, "digest": digest(result)}), flush=True)
