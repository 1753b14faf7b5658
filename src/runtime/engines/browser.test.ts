import { describe, expect, test } from "vitest";
import { loadBrowserEngine, type Page, setWasmPaths } from "./browser.ts";

/** A build that notes how sessions are created. */
function fakeBuild() {
  const created: unknown[] = [];
  const ort = {
    env: { versions: {}, wasm: {} as { numThreads?: number; wasmPaths?: unknown } },
    Tensor: class {},
    InferenceSession: {
      async create(_model: Uint8Array, { executionProviders }: { executionProviders: unknown }) {
        created.push({ executionProviders, threads: ort.env.wasm.numThreads });
        return { inputNames: [], outputNames: [] };
      },
    },
  };
  return { ort, created, load: async () => ort as unknown as Awaited<ReturnType<Page["wasm"]>> };
}

const page = (some: Partial<Page>): Page => {
  const unused = async () => {
    throw new Error("this build must not be loaded");
  };
  return { wasm: unused, webgpu: unused, hasWebGpu: false, threads: 4, ...some };
};
const model = new Uint8Array();

describe("in a browser", () => {
  test("the CPU needs the small build alone, with a thread for two cores", async () => {
    const { load, created } = fakeBuild();
    const engine = await loadBrowserEngine("cpu", page({ wasm: load }));
    await engine.open(model, {});
    expect(engine.build).toBe("wasm");
    expect(created).toEqual([{ executionProviders: ["wasm"], threads: 2 }]);
  });

  test("a page that is not isolated has one thread, however many are asked for", async () => {
    const { load, created } = fakeBuild();
    const engine = await loadBrowserEngine("cpu", page({ wasm: load, threads: 1 }));
    await engine.open(model, { threads: 8 });
    expect(created).toMatchObject([{ threads: 1 }]);
  });

  test("WebGPU needs the other build", async () => {
    const { load, created } = fakeBuild();
    const engine = await loadBrowserEngine("webgpu", page({ webgpu: load, hasWebGpu: true }));
    await engine.open(model, { device: "webgpu" });
    expect(created).toMatchObject([{ executionProviders: ["webgpu"] }]);
  });

  test("a device that is not there is refused in one sentence", async () => {
    const refused = (device: "webgpu" | "cuda") => loadBrowserEngine(device, page({}));
    await expect(refused("webgpu")).rejects.toMatchObject({
      code: "missing-dependency",
      message: expect.stringContaining("needs WebGPU, which this browser does not have"),
    });
    await expect(refused("cuda")).rejects.toMatchObject({
      code: "missing-dependency",
      message: expect.stringContaining("cuda needs the native build"),
    });
  });

  test("a profile is refused", async () => {
    const engine = await loadBrowserEngine("cpu", page({ wasm: fakeBuild().load }));
    await expect(engine.open(model, { profile: "trace" })).rejects.toMatchObject({
      message: "a profile needs the native build of ONNX Runtime, which browsers do not have",
    });
  });

  test("a build that cannot be loaded is a missing dependency", async () => {
    const wasm = async () => {
      throw new TypeError("Failed to fetch dynamically imported module");
    };
    await expect(loadBrowserEngine("cpu", page({ wasm }))).rejects.toMatchObject({
      code: "missing-dependency",
      message: expect.stringContaining("(Failed to fetch dynamically imported module)"),
    });
  });

  test("the files of the build lie where the page says", async () => {
    const { load, ort } = fakeBuild();
    setWasmPaths("https://example.org/ort/");
    await loadBrowserEngine("cpu", page({ wasm: load }));
    expect(ort.env.wasm.wasmPaths).toBe("https://example.org/ort/");
  });
});
