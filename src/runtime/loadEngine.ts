import { absentDevice } from "./devices/presence.ts";
import type { Device, Engine } from "./engine.ts";
import { loadBrowserEngine } from "./engines/browser.ts";
import { loadNodeEngine } from "./engines/node.ts";
import { isNode } from "./environment.ts";

/**
 * Loads the ONNX Runtime of this environment: in Node the native build, else the WebAssembly build with a warning; in a
 * browser the WebAssembly build, with WebGPU where `device` asks for it. Throws UserError with code
 * `missing-dependency` where there is none.
 */
export const loadEngine = (device: Device = "cpu"): Promise<Engine> =>
  isNode() ? loadNodeEngine() : loadBrowserEngine(device);

/** Throws UserError with code `missing-dependency` where a device does not work here. */
export async function requireWorking(device: Device): Promise<void> {
  const absence = await (await loadEngine(device)).absence(device);
  if (absence !== undefined) throw absentDevice(device, absence);
}
