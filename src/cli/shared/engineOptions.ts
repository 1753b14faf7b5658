import { bestDevice } from "../../runtime/devices/listDevices.ts";
import { type Device, deviceNames } from "../../runtime/engine.ts";
import type { CompileOptions } from "../../runtime/index.ts";
import { requireWorking } from "../../runtime/loadEngine.ts";
import type { Io } from "../parser/command.ts";
import type { Option } from "../parser/options.ts";
import { oneThreadOption, threadsOption } from "./commonOptions.ts";
import { threadsOf } from "./sharedWork.ts";

/** The option `device`. */
export const deviceOption = {
  type: "choice",
  choices: [...deviceNames, "auto"],
  default: "cpu",
  help: "what computes the model; auto takes a graphics card that works here, else cpu (see `ondelette devices`)",
} as const satisfies Option;

/** Options of every command that runs a model: where it runs. */
export const engineOptions = { threads: threadsOption, device: deviceOption } as const;

/** The same for work that one thread does best. */
export const oneThreadEngineOptions = { ...engineOptions, threads: oneThreadOption } as const;

/** The values of these options. */
export interface EngineArgs {
  readonly threads: number | undefined;
  readonly device: Device | "auto";
  /** Processes that share the machine. */
  readonly jobs?: number;
}

/**
 * Where the options say that models run. `auto` says which device it takes. Throws UserError with code `missing-dependency`
 * where the device is not there.
 */
export async function engineOf(
  { threads: given, device, jobs = 1 }: EngineArgs,
  io: Pick<Io, "log" | "ranks">,
): Promise<CompileOptions> {
  const threads = threadsOf({ threads: given, jobs }, io);
  const onThreads = threads === undefined ? {} : { threads };
  if (device === "cpu") return onThreads;
  if (device === "auto") {
    const { device: best, name } = await bestDevice();
    io.log(`computing on ${best}${name === undefined ? "" : `, ${name}`}`);
    return best === "cpu" ? onThreads : { ...onThreads, device: best };
  }
  await requireWorking(device);
  return { ...onThreads, device };
}
