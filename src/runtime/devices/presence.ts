import type * as Ort from "onnxruntime-web";
import { firstLine } from "../../errors/optionalPackage.ts";
import { UserError } from "../../errors/userError.ts";
import { input } from "../../graph/index.ts";
import { emit } from "../emit.ts";
import type { Device } from "../engine.ts";
import { writeModel } from "../onnxProto.ts";

/** What a device needs, for the sentence that says that it is not there. */
export const needs: { readonly [D in Device]: string } = {
  cpu: "it needs nothing",
  webgpu:
    "it needs a graphics card with its driver, on Linux one for Vulkan and the loader libvulkan.so.1",
  cuda:
    "it needs an NVIDIA card, and on 64-bit Intel Linux the libraries that this fetches: " +
    "npm rebuild onnxruntime-node --onnxruntime-node-install=cuda12",
  coreml: "it needs macOS",
  dml: "it needs Windows",
};

type Sessions = Pick<typeof Ort, "InferenceSession" | "Tensor">;

/** What devices answered, by the build of ONNX Runtime: asked once in a process. */
const answers = new WeakMap<object, Map<Device, Promise<string | undefined>>>();

/** Why a device does not work here; undefined where it does. It is asked to add two numbers. */
export function absenceOf(ort: Sessions, device: Device): Promise<string | undefined> {
  const known = answers.get(ort.InferenceSession) ?? new Map<Device, Promise<string | undefined>>();
  answers.set(ort.InferenceSession, known);
  const answer = known.get(device) ?? tried(ort, device);
  known.set(device, answer);
  return answer;
}

/** Throws a UserError with code `missing-dependency` where a device does not work here. */
export async function requireDevice(ort: Sessions, device: Device): Promise<void> {
  const absence = device === "cpu" ? undefined : await absenceOf(ort, device);
  if (absence !== undefined) throw absentDevice(device, absence);
}

/** The error that says that a device is not there, why, and what it needs. */
export const absentDevice = (device: Device, absence: string): UserError =>
  new UserError(
    `the device ${device} does not work here (${absence}): ${needs[device]}; the device cpu is always there`,
    "missing-dependency",
  );

async function tried(
  { InferenceSession, Tensor }: Sessions,
  device: Device,
): Promise<string | undefined> {
  const x = input("x", [1]);
  try {
    const session = await InferenceSession.create(writeModel(emit({ y: x.add(x) }, device)), {
      ...{ executionProviders: [device], logSeverityLevel: 4 },
    });
    const { "y:out": y } = await session.run({ x: new Tensor("float32", Float32Array.of(1), [1]) });
    await session.release();
    return y?.data[0] === 2 ? undefined : `1 + 1 is ${y?.data[0]} there`;
  } catch (error) {
    return reasonIn(firstLine(error));
  }
}

/** What ONNX Runtime's message says, without the place in its sources. */
export const reasonIn = (message: string): string =>
  message
    .replace(/^.*was false\. /, "")
    .replace(/^(\/\S+\.cc:\d+ )+/, "")
    .trim();
