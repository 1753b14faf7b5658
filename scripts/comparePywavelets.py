"""The other side of comparePywavelets.ts: what PyWavelets answers. One JSON object a line each way."""

import json
import sys
import warnings

import numpy
import pywt

warnings.simplefilter("ignore")  # levels may be too high for the length
print(json.dumps({"version": pywt.__version__, "wavelets": pywt.wavelist(kind="discrete")}), flush=True)
for line in sys.stdin:
    case = json.loads(line)
    data = numpy.array(case["data"]).reshape(case["shape"]).astype(case["type"])
    low, *details = pywt.wavedecn(
        data, case["wavelet"], case["mode"], level=case["levels"], axes=case["axes"]
    )
    bands = [low] + [detail[key] for detail in details for key in sorted(detail)]
    print(json.dumps({"bands": [band.ravel().tolist() for band in bands]}), flush=True)
