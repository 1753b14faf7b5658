import { mkdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors/userError.ts";
import type { Arrange, Dataset, DatasetFile } from "./dataset.ts";
import { type Downloaded, type DownloadOptions, download } from "./download.ts";
import { type DatasetName, datasets } from "./known.ts";

/** How far the fetching of a data set has come. */
export type DatasetProgress =
  | {
      readonly stage: "download";
      /** The file that is arriving, and which of how many it is: 0 is the first. */
      readonly file: string;
      readonly index: number;
      readonly files: number;
      /** Bytes of that file that are here; and all of it, where that is known. */
      readonly received: number;
      readonly total: number | undefined;
    }
  | {
      readonly stage: "arrange";
      readonly done: number;
      readonly total: number | undefined;
    };

/** How a data set is fetched. */
export interface GetDatasetOptions extends Pick<DownloadOptions, "signal" | "retries" | "pause"> {
  /** Address of a folder that holds `<data set>/<file>`, to be used instead of the public addresses. */
  readonly mirror?: string | undefined;
  readonly onProgress?: ((progress: DatasetProgress) => void) | undefined;
}

/** A file as it arrived. */
export interface FetchedFile extends Downloaded {
  readonly name: string;
  readonly url: string;
}

/** A data set that is on this machine. */
export interface FetchedDataset {
  readonly folder: string;
  /** Whether it was there before. */
  readonly already: boolean;
  readonly files: readonly FetchedFile[];
}

/** Where the folder of a data set says what was fetched; readers of data pass over hidden files. */
const recordName = ".dataset.json";

/**
 * Fetches a public data set to the folder `<out>/<name>`, in the layout that the commands read, and checks it against the
 * published checksums. The folder appears at once when everything is right; an interrupted call is continued by the next. A
 * data set that is there already is left as it is. Throws UserError: `already-exists` where something else has the folder's
 * name, and what `download` throws.
 *
 * @example
 * const { folder } = await getDataset("mnist", "data");
 * const images = await openImages(folder, { part: "train" });
 */
export async function getDataset(
  which: DatasetName | Dataset,
  out: string,
  options: GetDatasetOptions = {},
): Promise<FetchedDataset> {
  const dataset = typeof which === "string" ? datasets[which] : which;
  const folder = join(out, dataset.name);
  const before = await filesOfRecord(folder, dataset);
  if (before !== undefined) return { folder, already: true, files: before };

  const incoming = join(out, `.${dataset.name}.download`);
  await mkdir(incoming, { recursive: true });
  const files = await fetchFiles(dataset, incoming, options).catch(async (error: unknown) => {
    // Only a folder without a part to continue goes.
    await rmdir(incoming).catch(() => {});
    throw error;
  });

  const ready = join(out, `.${dataset.name}.new`);
  await rm(ready, { recursive: true, force: true });
  await mkdir(ready);
  try {
    const { signal, onProgress } = options;
    const { arrange = moveFiles(dataset.files) } = dataset;
    await arrange(incoming, ready, {
      signal,
      onProgress: (done, total) => onProgress?.({ stage: "arrange", done, total }),
    });
    await writeFile(
      join(ready, recordName),
      `${JSON.stringify(recordOf(dataset, files), undefined, 2)}\n`,
    );
    await rename(ready, folder);
  } catch (error) {
    await rm(ready, { recursive: true, force: true });
    // What cannot be read today cannot be read tomorrow: the next call fetches it anew.
    if (error instanceof UserError) await rm(incoming, { recursive: true, force: true });
    throw error;
  }
  await rm(incoming, { recursive: true, force: true });
  return { folder, already: false, files };
}

async function fetchFiles(
  dataset: Dataset,
  incoming: string,
  { mirror, onProgress, ...options }: GetDatasetOptions,
): Promise<FetchedFile[]> {
  const fetched: FetchedFile[] = [];
  for (const [index, file] of dataset.files.entries()) {
    const url = mirror === undefined ? file.url : mirrored(mirror, dataset, file);
    const arrived = await download({ ...file, url }, join(incoming, file.name), {
      ...options,
      onProgress: (received, total) =>
        onProgress?.({
          stage: "download",
          file: file.name,
          index,
          files: dataset.files.length,
          received,
          total,
        }),
    });
    fetched.push({ name: file.name, url, ...arrived });
  }
  return fetched;
}

function mirrored(mirror: string, dataset: Dataset, file: DatasetFile): string {
  const address = `${mirror.replace(/\/+$/, "")}/${dataset.name}/${file.name}`;
  if (URL.canParse(address) && /^https?:/.test(address)) return address;
  throw new UserError(
    `${mirror} is not the address of a server: it begins with neither http: nor https:`,
  );
}

/** What was fetched earlier; `undefined` where there is no folder yet. */
async function filesOfRecord(
  folder: string,
  dataset: Dataset,
): Promise<readonly FetchedFile[] | undefined> {
  if ((await stat(folder).catch(() => undefined)) === undefined) return undefined;
  const record = await readFile(join(folder, recordName), "utf8")
    .then((text): { name?: string; files?: readonly FetchedFile[] } => JSON.parse(text))
    .catch(() => undefined);
  if (record?.name === dataset.name && record.files !== undefined) return record.files;
  throw new UserError(
    `${folder} is there already and was not made by fetching ${dataset.name}; remove it or choose another folder`,
    "already-exists",
  );
}

function recordOf({ name, license, page, citation }: Dataset, files: readonly FetchedFile[]) {
  return { name, license, page, citation, files };
}

/** The files as they were fetched. */
function moveFiles(files: readonly DatasetFile[]): Arrange {
  return async (from, to) => {
    for (const { name } of files) await rename(join(from, name), join(to, name));
  };
}
