import { join } from "node:path";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import type { Raster } from "../../data/images/raster.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { type EvaluateOptions, partsOf } from "../evaluate/evaluate.ts";
import { exportField } from "../evaluate/exportField.ts";
import { renderField } from "../evaluate/render.ts";
import type { Field } from "../field.ts";
import { fieldFiles } from "../runFolder.ts";
import { middleSlice } from "../signal/crop.ts";
import type { Signal } from "../signal/signal.ts";
import { signalSpectrum } from "../signal/spectrum.ts";
import { drawChart } from "./drawChart.ts";
import { drawPicture } from "./drawPicture.ts";
import { spectrumChart } from "./drawSpectrum.ts";
import { errorMap } from "./errorMap.ts";
import { saveSignal } from "./saveSignal.ts";
import { spectrumPicture } from "./spectrumPicture.ts";

/**
 * Draws a fitted field into its folder: the fit and its parts, the error against `signal`, the spectrum; sounds as `fit.wav`
 * too. Writes the field as an ONNX model. Returns the paths of all files written.
 */
export async function portrayField(
  folder: string,
  field: Field,
  signal: Signal,
  options: EvaluateOptions = {},
): Promise<string[]> {
  const files = fieldFiles(folder);
  const written: string[] = [];
  const draw = async (name: string, raster: Raster) => {
    written.push(join(folder, name));
    await writeImage(join(folder, name), raster);
  };
  const rendered = await renderField(field, undefined, options);
  const fit: Signal = { ...signal, values: rendered.values };
  const parts: [string, Signal][] = [];
  for (const part of partsOf(field)) {
    const { values } = await renderField(field, undefined, { ...options, part });
    parts.push([part, { ...signal, values }]);
  }
  if (signal.size.length === 1) {
    await draw(
      "fit.png",
      await drawChart(
        [
          { name: "signal", signal },
          { name: "fit", signal: fit, dashed: true },
          ...parts.map(([name, part]) => ({ name, signal: part })),
        ],
        { title: "Signal and fit" },
      ),
    );
    const lines = [
      { name: "signal", spectrum: signalSpectrum(signal) },
      { name: "fit", spectrum: signalSpectrum(fit) },
    ];
    const { rate } = signal;
    await draw(
      "spectrum.png",
      await spectrumChart(lines, { title: "Spectrum", ...(rate !== undefined && { rate }) }),
    );
    if (rate !== undefined) {
      written.push(join(folder, "fit.wav"));
      await saveSignal(join(folder, "fit.wav"), fit);
    }
  } else {
    await draw("fit.png", drawPicture(fit));
    const { raster } = await errorMap(middleSlice(signal), middleSlice(fit));
    await draw("error.png", raster);
    for (const [name, part] of parts) await draw(`${name}.png`, drawPicture(part));
    await draw("spectrum.png", spectrumPicture(signalSpectrum(fit)));
  }
  written.push(files.onnx);
  await writeFileAtomically(files.onnx, exportField(field));
  return written;
}
