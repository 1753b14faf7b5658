import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Curve, CurvePoint } from "../../compare/curve.ts";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { isFile } from "../../data/files/isFile.ts";
import { UserError } from "../../errors/userError.ts";
import type { Plan } from "../../train/plan.ts";
import type { FieldSize, Init } from "../family.ts";
import type { FieldBytes } from "../fit/fieldBytes.ts";
import type { Signal } from "../signal/signal.ts";
import type { ClockName } from "./clock.ts";

/** All that a fit's results depend on. */
export interface FitSettings {
  readonly variant: string;
  readonly input: string;
  /** A fingerprint of the samples. */
  readonly samples: string;
  readonly size: FieldSize;
  readonly init: Init;
  /** Highest learning rate. */
  readonly peak: number;
  /** By which the family's own rate was multiplied. */
  readonly factor: number;
  readonly seed: number;
  /** Points of a step. */
  readonly batch: number;
  readonly plan: Plan;
  /** Processor threads, on which the seconds depend. */
  readonly threads: number | "all";
  /** What the seconds are of. */
  readonly clock: ClockName;
}

/** A finished fit, kept as a small file of JSON. */
export interface FitRecord {
  readonly settings: FitSettings;
  /** Real parameters. */
  readonly parameters: number;
  /** What the field takes, of a family that is kept in bytes. */
  readonly sizes?: Readonly<Record<keyof FieldBytes, number>>;
  readonly steps: number;
  readonly seconds: number;
  readonly diverged: boolean;
  /** PSNR at the end, in dB; NaN where the fit diverged. */
  readonly value: number;
  readonly curve: Curve;
}

export const writeRecord = (path: string, record: FitRecord): Promise<void> =>
  writeFileAtomically(path, `${JSON.stringify({ format: 2, ...record })}\n`);

/**
 * The record of a fit of these settings if it is finished. Throws UserError, naming what differs, where the file is of
 * other settings.
 */
export async function readRecord(
  path: string,
  settings: FitSettings,
): Promise<FitRecord | undefined> {
  if (!(await isFile(path))) return undefined;
  const record = parsed(await readFile(path, "utf8"));
  if (!record) {
    throw new UserError(
      `${path} is not a record of a fit; remove it, or name another folder`,
      "damaged-file",
    );
  }
  const keys = Object.keys(settings) as readonly (keyof FitSettings)[];
  const shown = (of: FitSettings, key: keyof FitSettings) => JSON.stringify(of[key]);
  const other = keys.find((key) => shown(settings, key) !== shown(record.settings, key));
  if (other !== undefined) {
    throw new UserError(
      `${path} is of a fit with ${other} ${shown(record.settings, other)}, not ${shown(settings, other)}; name another folder`,
      "contradicts-run",
    );
  }
  return record;
}

function parsed(text: string): FitRecord | undefined {
  try {
    const { format, ...record } = JSON.parse(text);
    if (format !== 2) return undefined;
    // JSON has neither NaN, of a fit that diverged, nor Infinity, of one without error.
    const decibels = (psnr: number | null) => psnr ?? (record.diverged ? Number.NaN : Infinity);
    const curve = record.curve.map((point: CurvePoint) => ({
      ...point,
      value: decibels(point.value),
    }));
    return { ...record, curve, value: decibels(record.value) };
  } catch {
    return undefined;
  }
}

/** A fingerprint of a signal's samples and their order. */
export function fingerprint({ size, channels, values }: Signal): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash("sha256")
    .update(`${size}/${channels}/`)
    .update(bytes)
    .digest("hex")
    .slice(0, 16);
}
