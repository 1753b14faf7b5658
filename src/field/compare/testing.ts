import type { FitRecord, FitSettings } from "./records.ts";

/** The settings of a fit of 100 steps. */
export const someSettings: FitSettings = {
  ...{ variant: "siren", input: "waves", samples: "0", init: "maxima", peak: 1e-4, factor: 1 },
  ...{ seed: 1, batch: 192, plan: { steps: 100 }, threads: 1, clock: "wall" },
  size: { dimensions: 2, channels: 1, width: 8 },
};

/** A record of a fit of 100 steps of 0.1 s that came to `psnr` in a straight line from 0; NaN stands for one that diverged. */
export function someRecord(psnr: number, settings: Partial<FitSettings> = {}): FitRecord {
  const diverged = Number.isNaN(psnr);
  return {
    settings: { ...someSettings, ...settings },
    ...{ parameters: 500, steps: 100, seconds: 10, diverged, value: psnr },
    curve: [0, 50, 100].map((step) => ({ step, seconds: step / 10, value: (psnr * step) / 100 })),
  };
}
