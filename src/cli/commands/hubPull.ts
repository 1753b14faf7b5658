import { pull } from "../../hub/pull.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { hubAccess, hubOptions } from "../shared/hubOptions.ts";
import { sizeText } from "../shared/sizeText.ts";

/** `ondelette pull`: downloads a run from the Hugging Face hub. */
export const command = defineCommand({
  about:
    "Downloads a run that was uploaded with `ondelette push` to a new folder and checks every file. Private models need an " +
    "access token in HF_TOKEN. Needs the package @huggingface/hub.",
  positionals: { repo: "model on the hub, as user/name" },
  options: {
    out: outputOption("run folder to make", "RUN"),
    revision: {
      type: "string",
      placeholder: "NAME",
      default: "main",
      help: "branch, tag or commit of the model",
    },
    ...hubOptions,
  },
  examples: [
    "ondelette pull user/mnist --out runs/mnist",
    "ondelette pull user/mnist --revision v1 --out runs/mnist-v1",
  ],
  async run({ repo, out, revision, ...options }, io) {
    let bar: ReturnType<typeof io.progress> | undefined;
    const result = await pull(repo, out, {
      ...hubAccess(options),
      revision,
      signal: io.signal,
      onProgress: (received, total) => {
        bar ??= io.progress({ label: "downloading", unit: "kB", total: total / 1e3 });
        bar.update(received / 1e3);
      },
    });
    bar?.finish();
    io.print(`${out}: ${result.files.length} files, ${sizeText(result.bytes)}`);
    if (result.files.includes("README.md")) io.print(`  its card: ${out}/README.md`);
    return { ...result, files: [...result.files] };
  },
});
