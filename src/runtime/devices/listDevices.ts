import { availableParallelism, cpus } from "node:os";
import { type Device, deviceNames } from "../engine.ts";
import { loadEngine } from "../loadEngine.ts";
import { graphicsCards, isSoftware } from "./graphicsCards.ts";
import { needs } from "./presence.ts";

/** A device, and whether it is there. */
export interface DeviceFacts {
  readonly device: Device;
  /** The processor or the graphics card, as the system names it; absent where it does not. */
  readonly name?: string;
  /** Threads, of the CPU. */
  readonly threads?: number;
  /** Whether it is a program on the processor that stands for a card. */
  readonly software?: boolean;
  /** Why it does not work here, and what it needs; absent where it works. */
  readonly absent?: string;
}

/** All devices that ONNX Runtime may have, with the reason where one does not work here. */
export async function listDevices(): Promise<readonly DeviceFacts[]> {
  const engine = await loadEngine();
  const facts: DeviceFacts[] = [];
  for (const device of deviceNames) {
    const absence = await engine.absence(device);
    if (absence === undefined) facts.push({ device, ...described(device) });
    else facts.push({ device, absent: `${absence}; ${needs[device]}` });
  }
  return facts;
}

/**
 * The device that is likely to be the fastest here: a real card where one works, by its own libraries before WebGPU, else
 * the CPU. Never a software driver.
 */
export async function bestDevice(): Promise<DeviceFacts> {
  const engine = await loadEngine();
  for (const device of ["cuda", "webgpu"] as const) {
    if (device === "webgpu" && isSoftware()) continue;
    if ((await engine.absence(device)) === undefined) return { device, ...described(device) };
  }
  return { device: "cpu", ...described("cpu") };
}

function described(device: Device): Omit<DeviceFacts, "device"> {
  if (device === "cpu") {
    const name = cpus()[0]?.model;
    return { ...(name && { name }), threads: availableParallelism(), software: false };
  }
  const software = device === "webgpu" && isSoftware();
  const name = process.platform === "linux" && !software ? graphicsCards()[0] : undefined;
  return { ...(name && { name }), software };
}
