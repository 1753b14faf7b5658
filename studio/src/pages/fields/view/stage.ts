import type { Singularity } from "ondelette/field";
import { drawMaxima } from "./overlay.ts";
import { type Painter, painterOn } from "./painter.ts";
import type { Look, Size } from "./place.ts";
import type { Shading } from "./shade.ts";
import type { Surface } from "./surface.ts";

/** The canvases of the page: the field, what it is compared with, and what lies over the field. */
export interface Canvases {
  readonly field: OffscreenCanvas;
  readonly beside: OffscreenCanvas;
  readonly over: OffscreenCanvas;
}

/** What is on the stage. */
export interface Scene {
  readonly picture: Size;
  readonly field: Surface;
  readonly beside: Surface;
  readonly shading: Shading;
  /** Of what lies beside it, which has no parts. */
  readonly besideShading: Shading;
  /** Strongest first; none by default. */
  readonly maxima?: readonly Singularity[];
}

/** How drawing goes. */
export interface Pace {
  readonly by: "GPU" | "CPU";
  /** Frames in the last second of motion. */
  readonly framesPerSecond: number;
  /** Of the last frame of motion. */
  readonly milliseconds: number;
  /** Pixels a side, of the last frame of motion, as a share of those of the exact picture. */
  readonly share: number;
}

/** A frame of motion may take so long; what is drawn is made coarser until it does not. */
const budget = 14;
/** The exact picture comes after so many milliseconds without motion. */
const rest = 90;

const shares = [1, 0.75, 0.5, 0.375, 0.25];

/**
 * Draws looks at a scene in the rhythm of the screen: while the look changes as finely as there is time for, and exactly when it
 * stands still.
 */
export function createStage({ field, beside, over }: Canvases, report: (pace: Pace) => void) {
  const painters: readonly [Painter, Painter] = [painterOn(field), painterOn(beside)];
  const { by } = painters[0];
  let scene: Scene | undefined;
  let look: Look | undefined;
  let size: Size = { width: 512, height: 512 };
  let share = by === "GPU" ? 1 : 0.5;
  let milliseconds = 0;
  let isWaiting = false;
  let exactly: ReturnType<typeof setTimeout> | undefined;
  const frames: number[] = [];
  let told = 0;

  const draw = (isExact: boolean) => {
    if (!scene || !look) return;
    const scaled = isExact ? 1 : share;
    const now: Size = {
      width: Math.max(1, Math.round(size.width * scaled)),
      height: Math.max(1, Math.round(size.height * scaled)),
    };
    const { picture, shading, besideShading, maxima } = scene;
    painters[0].paint(scene.field, look, now, shading);
    painters[1].paint(scene.beside, look, now, besideShading);
    if (maxima) drawMaxima(over, maxima, { picture, look, size, isExact });
    else over.getContext("2d")?.clearRect(0, 0, over.width, over.height);
  };

  const tell = () => {
    told = performance.now();
    const last = frames.at(-1) ?? 0;
    const recent = frames.filter((at) => at > last - 1000);
    // Frames while one or more motions went on: pauses are none of them.
    const gaps = recent.slice(1).map((at, i) => at - recent[i]!);
    const moving = gaps.filter((gap) => gap < 250);
    const spent = moving.reduce((a, b) => a + b, 0);
    const framesPerSecond = spent > 0 ? (1000 * moving.length) / spent : 0;
    report({ by, framesPerSecond, milliseconds, share });
  };

  const frame = () => {
    isWaiting = false;
    const begun = performance.now();
    draw(false);
    const took = performance.now() - begun;
    milliseconds = milliseconds === 0 ? took : 0.7 * milliseconds + 0.3 * took;
    adapt(took);
    frames.push(begun);
    if (frames.length > 240) frames.splice(0, 120);
    if (begun - told > 300) tell();
    clearTimeout(exactly);
    exactly = setTimeout(() => {
      draw(true);
      tell();
    }, rest);
  };

  /** Pixels for which there is time, by the time that the last frame took. */
  const adapt = (took: number) => {
    const wanted = share * Math.sqrt(budget / Math.max(1, took));
    const fits = shares.find((each) => each <= wanted) ?? shares.at(-1)!; // not empty
    // One step at a time: a single slow frame says little.
    const [at, to] = [shares.indexOf(share), shares.indexOf(fits)];
    share = shares[at + Math.sign(to - at)] ?? share;
  };

  const next = () => {
    if (isWaiting) return;
    isWaiting = true;
    if ("requestAnimationFrame" in globalThis) requestAnimationFrame(frame);
    else setTimeout(frame, 16);
  };

  return {
    /** Shows another scene, exactly. */
    show(shown: Scene) {
      scene = shown;
      draw(true);
    },
    /** Looks somewhere else. */
    look(to: Look) {
      look = to;
      next();
    },
    /** The pixels of each canvas. */
    resize(to: Size) {
      size = to;
      draw(true);
    },
    /** The field with what lies over it, as a PNG. */
    async png(): Promise<Blob> {
      draw(true);
      const canvas = new OffscreenCanvas(size.width, size.height);
      const context = canvas.getContext("2d");
      context?.drawImage(field, 0, 0);
      if (scene?.maxima) context?.drawImage(over, 0, 0);
      return canvas.convertToBlob({ type: "image/png" });
    },
  };
}

export type Stage = ReturnType<typeof createStage>;
