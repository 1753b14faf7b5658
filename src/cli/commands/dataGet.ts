import type { Dataset } from "../../datasets/dataset.ts";
import {
  type DatasetProgress,
  type FetchedDataset,
  getDataset,
} from "../../datasets/getDataset.ts";
import { type DatasetName, datasetNames, datasets } from "../../datasets/known.ts";
import { UserError } from "../../errors/userError.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import { nearest } from "../parser/nearest.ts";
import { sizeText } from "../shared/sizeText.ts";

/** `ondelette data get`: fetches public data sets from where their authors keep them. */
export const command = defineCommand({
  about:
    "Fetches each data set from its public address to a folder of its name, checks it against the published checksum, and " +
    "unpacks it to the layout that the other commands read. An interrupted download continues where it was. " +
    "`ondelette data list` shows the names, with their licenses. Behind a proxy set NODE_USE_ENV_PROXY=1 and HTTPS_PROXY.",
  positionals: { names: { several: `data sets: ${datasetNames.join(", ")}` } },
  options: {
    out: {
      type: "string",
      short: "o",
      placeholder: "FOLDER",
      default: "data",
      help: "folder in which each data set gets a folder of its name",
    },
    mirror: {
      type: "string",
      placeholder: "URL",
      help: "server that holds copies at URL/<data set>/<file>, instead of the public addresses",
    },
  },
  examples: [
    "ondelette data get mnist",
    "ondelette data get tinyshakespeare jsb-chorales --out data",
    "ondelette data get cifar10 --mirror http://localhost:8000",
  ],
  async run({ names, out, mirror }, io) {
    const chosen = names.map(datasetOf);
    const fetched = [];
    for (const dataset of chosen) {
      const progress = datasetProgress(dataset, io);
      const result = await getDataset(dataset, out, {
        mirror,
        signal: io.signal,
        onProgress: progress.update,
      });
      progress.finish();
      report(dataset, result, io);
      const { name, license, page, citation, command } = dataset;
      const { folder, already, files } = result;
      fetched.push({
        name,
        folder,
        already,
        files: files.map((file) => ({ ...file })),
        license,
        page,
        citation,
        command: command(folder),
      });
    }
    return { datasets: fetched };
  },
});

function datasetOf(name: string): Dataset {
  if (Object.hasOwn(datasets, name)) return datasets[name as DatasetName]; // one of its own names
  const guess = nearest(name, datasetNames);
  throw new UserError(
    `there is no data set “${name}”; ${guess === undefined ? `there are ${datasetNames.join(", ")}` : `did you mean “${guess}”?`}`,
    "not-found",
  );
}

/** A bar in kilobytes where all sizes are known, in files where they are not; then one for the unpacking. */
function datasetProgress(dataset: Dataset, io: Io) {
  const sizes = dataset.files.map(({ bytes }) => bytes ?? Number.NaN);
  const all = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const before = (index: number) => sizes.slice(0, index).reduce((sum, bytes) => sum + bytes, 0);
  let bar: ReturnType<Io["progress"]> | undefined;
  let stage: DatasetProgress["stage"] | undefined;
  const start = (next: DatasetProgress["stage"], unit: string, total: number, done: number) => {
    if (stage === next) return;
    bar?.finish();
    stage = next;
    const label = next === "download" ? `fetching ${dataset.name}` : `unpacking ${dataset.name}`;
    bar = io.progress({ label, unit, total, start: done });
  };
  return {
    update(progress: DatasetProgress): void {
      if (progress.stage === "arrange") {
        if (progress.total === undefined) return;
        start("arrange", "pictures", progress.total, 0);
        bar?.update(progress.done);
      } else if (Number.isNaN(all)) {
        const { index, files, file, received, total } = progress;
        start("download", "files", files, index);
        const done = index + (received === total ? 1 : 0);
        bar?.update(done, `${file} ${sizeText(received)}`);
      } else {
        const done = (before(progress.index) + progress.received) / 1e3;
        start("download", "kB", all / 1e3, done);
        bar?.update(done, progress.file);
      }
    },
    finish: (): void => bar?.finish(),
  };
}

function report(dataset: Dataset, { folder, already, files }: FetchedDataset, io: Io): void {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  io.print(
    already
      ? `${folder} is there already; remove the folder to fetch it anew`
      : `${folder}: ${count}, ${sizeText(bytes)}`,
  );
  const unverified = files.filter(({ verified }) => verified === undefined);
  if (unverified.length < files.length) io.print("  checked: as published (SHA-256)");
  for (const { name, sha256 } of unverified) {
    io.print(`  not verified: no checksum of ${name} is published; its SHA-256 is ${sha256}`);
  }
  io.print(`  holds: ${dataset.layout}`);
  io.print(`  license: ${dataset.license}`);
  io.print(`  from: ${dataset.page}`);
  io.print(`  cite: ${dataset.citation}`);
  io.print(`  try: ${dataset.command(folder)}`);
}
