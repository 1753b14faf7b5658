/** A process of Node that is asked for rounds by messages: `process.ts native|wasm THREADS`. */
import { registerHooks } from "node:module";
import { openGptRounds } from "../gptRounds.ts";

const [build, threads = "1"] = process.argv.slice(2);
if (build === "wasm") {
  const nativePackage = "onnxruntime-node";
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== nativePackage) return next(specifier, context);
      const absent = new Error(`Cannot find package '${nativePackage}'`);
      throw Object.assign(absent, { code: "ERR_MODULE_NOT_FOUND" });
    },
  });
  process.removeAllListeners("warning");
  process.on("warning", () => {}); // which build runs is what this is about
}
const round = await openGptRounds(Number(threads));
process.on("message", async () => process.send?.(await round()));
process.send?.("ready");
