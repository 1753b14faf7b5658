"""The other side of bench/denoising.ts: scikit-image's BayesShrink. Reads one JSON object a line, answers with PSNR in dB."""

import json
import sys
import time

import numpy
import skimage
from skimage.restoration import cycle_spin, denoise_wavelet

print(json.dumps({"version": skimage.__version__}), flush=True)
for line in sys.stdin:
    cell = json.loads(line)
    planes = numpy.fromfile(cell["file"], dtype=numpy.float32).astype(float) / 255
    shape = (2, cell["channels"], cell["height"], cell["width"])
    truth, noisy = numpy.moveaxis(planes.reshape(shape), 1, -1)
    color = cell["channels"] == 3
    if not color:
        truth, noisy = truth[..., 0], noisy[..., 0]
    how = dict(wavelet=cell["wavelet"], method="BayesShrink", mode="soft", sigma=cell["sigma"] / 255)
    if color:
        how.update(channel_axis=-1, convert2ycbcr=True)

    def measured(run):
        start = time.process_time()
        clean = run()
        seconds = time.process_time() - start
        error = truth - numpy.clip(clean, 0, 1)
        return {"psnr": -10 * numpy.log10(numpy.mean(error**2)), "seconds": seconds}

    spin = dict(max_shifts=3, num_workers=1, channel_axis=-1 if color else None)
    answer = {
        "plain": measured(lambda: denoise_wavelet(noisy, **how)),
        "spun": measured(
            lambda: cycle_spin(noisy, func=denoise_wavelet, func_kw=how, **spin)
        ),
    }
    print(json.dumps(answer), flush=True)
