import { type FileHandle, open, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../errors/userError.ts";
import { asking, type HubCall, type HubLibrary, hubCall, loadHub, statusOf } from "./client.ts";
import { describeRun } from "./describeRun.ts";
import { cardMark, modelCard, type RunDescription } from "./modelCard.ts";
import type { HubOptions } from "./options.ts";

/** How a run is uploaded. */
export interface PushOptions extends HubOptions {
  /** Whether a model that is made by this is seen by its owner alone; one that exists stays as it is. */
  readonly private?: boolean | undefined;
  /** The hub's word for the license of the model, such as `apache-2.0`. */
  readonly license?: string | undefined;
  /** What the card says; by default what `describeRun` finds. */
  readonly description?: RunDescription | undefined;
  /** Called with the share of a file that is uploaded, 0 to 1, and with the number of files. */
  readonly onProgress?: ((path: string, share: number, files: number) => void) | undefined;
}

/** A run that was uploaded. */
export interface Pushed {
  /** The page of the model. */
  readonly url: string;
  readonly files: readonly string[];
  /** Whether the card was made now; false where a person has written one. */
  readonly card: boolean;
}

/**
 * Uploads a run to the Hugging Face hub as one commit, and makes the model there where it does not exist yet. The model card
 * `README.md` is made of the run (see `modelCard`), unless the run or the hub has one that a person has written. Everything
 * in the folder is uploaded but hidden files and `corpus/`, which holds the training data. Throws UserError: `wrong-kind`
 * where the folder is not a run, `network` where the hub refuses, `missing-dependency` where its library is not installed.
 *
 * @example
 * await push("runs/mnist", "user/mnist", { token: process.env.HF_TOKEN, private: true });
 */
export async function push(folder: string, repo: string, options: PushOptions): Promise<Pushed> {
  const { token, signal, onProgress } = options;
  const call = hubCall(repo, options);
  if (token === undefined) {
    throw new UserError("an access token of the hub is needed to upload a model", "invalid-input");
  }
  const description = options.description ?? (await describeRun(folder));
  const card = modelCard(description, { repo, license: options.license });
  const paths = await filesOf(folder);
  const hub = await loadHub();
  return asking(call, signal, async () => {
    await createModel(hub, call, token, options.private);
    const hasOwnCard = paths.includes("README.md") || (await hasWrittenCard(hub, call));
    const operations = [
      ...paths.map((path) => ({ path, content: pathToFileURL(join(folder, path)) })),
      ...(hasOwnCard ? [] : [{ path: "README.md", content: new Blob([card]) }]),
    ];
    const events = hub.commitIter({
      ...call,
      accessToken: token,
      title: "Upload a run of ondelette",
      operations: operations.map((file) => ({ operation: "addOrUpdate", ...file })),
      ...(signal && { abortSignal: signal }),
    });
    for await (const event of events) {
      if (event.event === "fileProgress" && event.state === "uploading") {
        onProgress?.(event.path, event.progress, operations.length);
      }
    }
    return {
      url: `${call.hubUrl}/${repo}`,
      files: operations.map(({ path }) => path),
      card: !hasOwnCard,
    };
  });
}

async function createModel(
  hub: HubLibrary,
  call: HubCall,
  accessToken: string,
  isPrivate: boolean | undefined,
): Promise<void> {
  const visibility =
    isPrivate === undefined ? {} : ({ visibility: isPrivate ? "private" : "public" } as const);
  try {
    await hub.createRepo({ ...call, accessToken, ...visibility });
  } catch (error) {
    // The hub's answer where the model exists.
    if (statusOf(error) !== 409) throw error;
  }
}

/** Whether the hub has a card that was not made by this program. */
async function hasWrittenCard(hub: HubLibrary, call: HubCall): Promise<boolean> {
  const card = await hub.downloadFile({ ...call, path: "README.md" });
  return card !== null && !(await card.text()).includes(cardMark);
}

/** The files of a run that are uploaded, as paths with `/`, sorted. */
async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((word) => word.startsWith(".")))
    .filter((path) => !path.startsWith("corpus/") && !/\.(tmp|lock|part)$/.test(path))
    .sort();
  for (const path of paths) await checkReadable(join(folder, path));
  return paths;
}

/** Says before anything is uploaded that a file cannot be read. */
async function checkReadable(path: string): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
  } finally {
    await file?.close();
  }
}
