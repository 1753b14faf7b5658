/**
 * Plots of wavelets and their transforms: values become SVG pictures, as text, in Node and in a page. Each has a title and a
 * description for screen readers, and colors that suit a light and a dark page.
 */
export { type CoefficientsOptions, plotCoefficients } from "./coefficients.ts";
export { type CoherenceOptions, plotCoherence } from "./coherence.ts";
export type { ModulusOptions } from "./modulus.ts";
export { plotMosaic } from "./mosaic.ts";
export type { PlotOptions, StartOption, TimeOptions } from "./options.ts";
export { type PacketsOptions, plotPackets } from "./packets.ts";
export { plotScalogram, type ScalogramOptions } from "./scalogram.ts";
export { plotSheet, type SheetOptions } from "./sheet.ts";
export { plotSynchrosqueezed } from "./synchrosqueezed.ts";
export { plotWavelet } from "./wavelet.ts";
