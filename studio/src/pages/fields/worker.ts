import { expose } from "comlink";
import type { Raster } from "ondelette/data";
import { exportField, type Octaves, type Singularity } from "ondelette/field";
import { type Fitted, fieldOf, maximaOf, pixelsOf, surfaceOf } from "./fitted.ts";
import type { Part } from "./settings.ts";
import type { Look, Size } from "./view/place.ts";
import { type Derivative, limitOf } from "./view/shade.ts";
import { type Canvases, createStage, type Pace, type Stage } from "./view/stage.ts";
import type { Surface } from "./view/surface.ts";

/** What of a field is shown, and how. */
export interface Showing {
  readonly part: Part;
  readonly derivative: Derivative;
  readonly beside: "bicubic" | "pixels";
  /** The scale whose singularities are drawn, by its place among the scales. */
  readonly maxima?: { readonly scale: number; readonly threshold: number };
}

let stage: Stage | undefined;
let picture: Raster | undefined;
let fit: Fitted | undefined;
let showing: Showing | undefined;
/** What was computed of the held fit. */
let surfaces = new Map<string, Surface>();
let limits = new Map<string, number>();
let maxima:
  | { readonly threshold: number; readonly byScale: readonly (readonly Singularity[])[] }
  | undefined;

function octavesOf(part: Part, smooth: number): Octaves {
  if (part === "all") return [0, smooth + 1];
  if (part === "smooth") return [smooth, smooth + 1];
  if (part === "wavelets") return [0, smooth];
  const octave = Number(part.slice("octave".length));
  return [octave - 1, octave];
}

function surface(name: string, make: () => Surface): Surface {
  const known = surfaces.get(name);
  if (known) return known;
  const made = make();
  surfaces.set(name, made);
  return made;
}

function show(): { readonly maxima?: number; readonly limit: number } {
  if (!picture || !showing) return { limit: 1 };
  const raster = picture;
  const { part, derivative, beside } = showing;
  const now = fit;
  if (!now) {
    // Until the fit is there
    const field = surface("bicubic", () => pixelsOf(raster, "bicubic"));
    const shading = { derivative, limit: limitFor(field, "all", derivative) };
    const other = surface(beside, () => pixelsOf(raster, beside));
    stage?.show({ picture, field, beside: other, shading, besideShading: shading });
    return { limit: shading.limit };
  }
  const field = surface(part, () => surfaceOf(now, octavesOf(part, now.octaves)));
  const limit = limitFor(field, part, derivative);
  const whole = surface("all", () => surfaceOf(now, octavesOf("all", now.octaves)));
  if (showing.maxima && maxima?.threshold !== showing.maxima.threshold) {
    const { threshold } = showing.maxima;
    maxima = { threshold, byScale: maximaOf(now.signal, threshold) };
  }
  const shown = showing.maxima && maxima?.byScale[showing.maxima.scale];
  stage?.show({
    picture: raster,
    field,
    beside: surface(beside, () => pixelsOf(raster, beside)),
    shading: { derivative, limit },
    besideShading: { derivative, limit: limitFor(whole, "all", derivative) },
    ...(shown && { maxima: shown }),
  });
  return { limit, ...(shown && { maxima: shown.length }) };
}

/** Pictures with a black and a white are shown as they are; all else is made as bright as its largest values. */
function limitFor(field: Surface, part: Part, derivative: Derivative): number {
  if (derivative === "none" && (part === "all" || part === "smooth")) return 1;
  const name = `${part} ${derivative}`;
  const limit = limits.get(name) ?? limitOf(field, derivative);
  limits.set(name, limit);
  return limit;
}

/** What the page asks its worker. */
const api = {
  attach(canvases: Canvases, size: Size, report: (pace: Pace) => void) {
    stage = createStage(canvases, report);
    stage.resize(size);
    show();
  },

  /** Shows a picture as it is, until its fit comes. */
  open(raster: Raster) {
    picture = raster;
    fit = undefined;
    surfaces = new Map();
    limits = new Map();
    maxima = undefined;
    show();
  },

  /** Takes the fit of the picture. */
  hold(raster: Raster, of: Fitted) {
    const isSame = picture?.width === raster.width && picture.height === raster.height;
    const kept = isSame
      ? [...surfaces].filter(([name]) => name === "bicubic" || name === "pixels")
      : [];
    surfaces = new Map(kept);
    limits = new Map();
    if (fit?.signal !== of.signal) maxima = undefined;
    picture = raster;
    fit = of;
    show();
  },

  show(wanted: Showing) {
    showing = wanted;
    return show();
  },

  look: (to: Look) => stage?.look(to),
  resize: (to: Size) => stage?.resize(to),
  png: () => stage?.png(),

  /** The fitted field as an ONNX model, which any runtime evaluates at any points. */
  onnx: () => fit && (exportField(fieldOf(fit)) as Uint8Array<ArrayBuffer>), // newly made
};

export type FieldsApi = typeof api;

expose(api);
