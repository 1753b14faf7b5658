import { UserError } from "../../errors/userError.ts";
import { push } from "../../hub/push.ts";
import { defineCommand } from "../parser/command.ts";
import { hubAccess, hubOptions } from "../shared/hubOptions.ts";

/** `ondelette push`: uploads a run to the Hugging Face hub. */
export const command = defineCommand({
  about:
    "Uploads the files of a run as one commit and makes the model on the hub where it does not exist yet. A model card " +
    "README.md is made of config.json and metrics.jsonl, unless there is one that a person has written. The corpus folder, " +
    "which holds training data, and hidden files stay here; config.json names the path that the data had. The access token " +
    "is read from HF_TOKEN. Needs the package @huggingface/hub.",
  positionals: { run: "run folder to upload" },
  options: {
    repo: { type: "string", placeholder: "USER/NAME", required: true, help: "model on the hub" },
    private: { type: "boolean", help: "make a new model private" },
    license: {
      type: "string",
      placeholder: "NAME",
      help: "license to state in the card, such as apache-2.0; none is stated by default",
    },
    ...hubOptions,
  },
  examples: [
    "ondelette push runs/mnist --repo user/mnist",
    "ondelette push runs/mnist --repo user/mnist --private --license apache-2.0",
  ],
  async run({ run, repo, license, private: isPrivate, ...options }, io) {
    const access = hubAccess(options);
    if (access.token === undefined) {
      throw new UserError(
        "HF_TOKEN is not set: make an access token with the right to write at huggingface.co/settings/tokens, then " +
          "export HF_TOKEN=hf_…",
      );
    }
    let bar: ReturnType<typeof io.progress> | undefined;
    const shares = new Map<string, number>();
    const result = await push(run, repo, {
      ...access,
      license,
      signal: io.signal,
      ...(isPrivate && { private: true }),
      onProgress: (path, share, files) => {
        bar ??= io.progress({ label: "uploading", unit: "files", total: files });
        shares.set(path, share);
        const done = [...shares.values()].reduce((sum, part) => sum + part, 0);
        bar.update(done, path);
      },
    });
    // Small files travel within the commit, which does not tell its progress.
    bar?.update(result.files.length);
    bar?.finish();
    io.print(`${result.url}: ${result.files.length} files`);
    io.print(
      result.card
        ? "  README.md: made of config.json and metrics.jsonl"
        : "  README.md: left as it was written",
    );
    return { ...result, files: [...result.files] };
  },
});
