import { afterEach, describe, expect, test, vi } from "vitest";
import { constant, input } from "../../graph/index.ts";
import { emit } from "../emit.ts";
import type { Engine } from "../engine.ts";
import { writeModel } from "../onnxProto.ts";
import { loadNodeEngine, type NodeSources } from "./node.ts";

const wasm = () => import("onnxruntime-web") as unknown as ReturnType<NodeSources["wasm"]>;
const native = () => import("onnxruntime-node");
/** What Node throws where a package is not installed. */
const absent = (name: string) => async () => {
  throw Object.assign(new Error(`Cannot find package '${name}' imported from engine.js`), {
    code: "ERR_MODULE_NOT_FOUND",
  });
};
const broken = async () => {
  throw Object.assign(new Error("libonnxruntime.so.1: cannot open shared object file"), {
    code: "ERR_DLOPEN_FAILED",
  });
};

const warning = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
afterEach(() => void warning.mockClear());

/** Runs a model of one input on an engine. */
async function run(engine: Engine, y: ReturnType<typeof input>, x: Float32Array) {
  const session = await engine.open(writeModel(emit({ y })), { threads: 1 });
  const result = new Float32Array(y.shape.reduce((size, side) => size * side, 1));
  const into = { "y:out": new engine.Tensor("float32", result, y.shape) };
  await session.run({ x: new engine.Tensor("float32", x, [2, 3]) }, into);
  await session.release();
  return result;
}

describe.each([
  ["native", { native, wasm: absent("onnxruntime-web") }],
  ["wasm", { native: absent("onnxruntime-node"), wasm }],
  ["wasm", { native: broken, wasm }],
  // A bundler's alias gives the WebAssembly build under the other's name; the result must not be zeros.
  ["wasm", { native: wasm, wasm: absent("onnxruntime-web") }],
] as const)("the %s build", (build, sources) => {
  test("computes into the memory it is given", async () => {
    const engine = await loadNodeEngine(sources);
    expect(engine.build).toBe(build);
    const x = input("x", [2, 3]);
    const doubled = x.matmul(x, { transB: true, alpha: 2 }).add(constant([1], []));
    const values = Float32Array.of(1, 2, 3, 4, 5, 6);
    expect(Array.from(await run(engine, doubled, values))).toEqual([29, 65, 65, 155]);
  });
});

describe("where the native build cannot be used", () => {
  test("the WebAssembly build warns once how to install it", async () => {
    const ort = { ...(await wasm()) };
    const sources = { native: absent("onnxruntime-node"), wasm: async () => ort };
    await loadNodeEngine(sources);
    await loadNodeEngine(sources);
    expect(warning).toHaveBeenCalledOnce();
    expect(warning.mock.lastCall?.[0]).toBe(
      "the native build of ONNX Runtime is not installed, so its WebAssembly build is used, which takes two to three times " +
        "as long; this installs the native build: npm install --ignore-scripts --save-optional onnxruntime-node",
    );
  });

  test("other devices and profiles are refused", async () => {
    const engine = await loadNodeEngine({ native: broken, wasm });
    const options = [{ device: "cuda" }, { profile: "trace" }] as const;
    for (const option of options) {
      await expect(engine.open(new Uint8Array(), option)).rejects.toMatchObject({
        code: "missing-dependency",
        message: expect.stringMatching(/^(the device cuda|a profile) needs the native build/),
      });
    }
  });
});

describe("without any build, one sentence says what installs one", () => {
  test("the native build where nothing is installed", async () => {
    const sources = { native: absent("onnxruntime-node"), wasm: absent("onnxruntime-web") };
    await expect(loadNodeEngine(sources)).rejects.toMatchObject({
      code: "missing-dependency",
      message:
        "models need the package onnxruntime-node, which is not installed; this installs it: " +
        "npm install --ignore-scripts --save-optional onnxruntime-node",
    });
  });

  test("the WebAssembly build where the native one does not work", async () => {
    const sources = { native: broken, wasm: absent("onnxruntime-web") };
    await expect(loadNodeEngine(sources)).rejects.toMatchObject({
      code: "missing-dependency",
      message:
        "models need ONNX Runtime, whose native build does not work here (libonnxruntime.so.1: cannot open shared object " +
        "file); this installs its WebAssembly build: npm install onnxruntime-web",
    });
  });
});
