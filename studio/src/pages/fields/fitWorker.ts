import { expose, transfer } from "comlink";
import type { Raster } from "ondelette/data";
import { drawPicture } from "ondelette/field";
import { reduced } from "./compare/reduced.ts";
import { type FitSettings, fitted, fittedTo, valuesOf } from "./fitted.ts";

/** Fits pictures, so that what is drawn can move meanwhile. */
const api = {
  async fit(raster: Raster, settings: FitSettings) {
    const fit = await fitted(raster, settings);
    return transfer(fit, [fit.parameters.buffer]);
  },

  /** A reduced picture by a field of so many parameters. */
  async solveReduced(
    picture: Raster,
    { parameters, side }: { readonly parameters: number; readonly side: number },
  ) {
    const signal = reduced(picture, side);
    const { seconds, psnr, ...fit } = await fittedTo(signal, parameters);
    const values = await valuesOf(fit);
    const raster = drawPicture({ ...signal, values });
    return {
      ...{ seconds, psnr, raster, parameters: fit.parameters.length },
      ...{ width: raster.width, height: raster.height },
    };
  },
};

export type FitApi = typeof api;

expose(api);
