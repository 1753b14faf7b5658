import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { UserError } from "../errors/userError.ts";
import { packedName } from "../field/run.ts";
import type { Holder } from "../train/run/lock.ts";
import { runFiles } from "../train/run/runFolder.ts";
import { isRunConfig } from "../train/run/runStore.ts";
import type {
  Change,
  Curve,
  CurvesRequest,
  Everything,
  Forms,
  Log,
  ResumeRequest,
  RunDetails,
  StartRequest,
  StopRequest,
} from "./api.ts";
import type { Commands } from "./commands.ts";
import { curvesOf } from "./curves/curves.ts";
import { type EventStream, openEvents } from "./events.ts";
import { openFile, openInside } from "./folder/openInside.ts";
import { placesOf } from "./folder/places.ts";
import type { ReadRun } from "./folder/readRun.ts";
import { contentTypes, filesOf } from "./folder/runFiles.ts";
import { scanOf } from "./folder/scan.ts";
import { watchOf } from "./folder/watch.ts";
import type { Jobs } from "./jobs/jobs.ts";
import type { Limits } from "./limits.ts";
import { RefusedError } from "./refusal.ts";
import { attachment, sendFile } from "./sendFile.ts";

export interface StudioOptions {
  /** The folder of runs, without links. */
  readonly root: string;
  /** The folder that paths in forms begin at. */
  readonly from: string;
  /** Folders that data may be read from. */
  readonly data: readonly string[];
  readonly commands: Commands;
  readonly jobs: Jobs;
  readonly limits: Limits;
  /** Runs a command line of this program to its end; gives what it wrote where it failed. */
  readonly runToEnd: (words: readonly string[]) => Promise<string | undefined>;
}

/** What the API can do, apart from how it is asked. */
export type Studio = ReturnType<typeof openStudio>;

/** Opens a folder of runs. Everything asked of a run throws UserError (`not-found`) where no run of that name was found. */
export function openStudio(options: StudioOptions) {
  const { root, from, data, commands, jobs, limits, runToEnd } = options;
  const watch = watchOf(scanOf(root));
  const curves = curvesOf(root);
  const streams = new Set<EventStream>();
  /** Processes that were interrupted: a second time would end them at once. */
  const interrupted = new Set<string>();
  let exporting: Promise<unknown> = Promise.resolve();

  const find = async (name: string, isRecentEnough = false): Promise<ReadRun> => {
    const recent = isRecentEnough ? (await watch.recent()).runs.get(name) : undefined;
    const found = recent ?? (await watch.look()).runs.get(name);
    if (found) return found;
    throw new UserError(`there is no run ${JSON.stringify(name)}`, "not-found");
  };
  /** The last checkpoint of a run, or the file of a field that was solved and has none. */
  const openWeights = (name: string) => {
    const tries = [runFiles(name).latest, join(name, packedName)];
    for (const path of tries)
      try {
        return { file: openInside(root, path), ending: extname(path) };
      } catch (error) {
        if (!(error instanceof UserError) || error.code !== "not-found") throw error;
      }
    throw new UserError(`${name} has no checkpoint yet`, "no-checkpoint");
  };
  const fileName = (run: string, ending: string) =>
    attachment(`${basename(run === "." ? root : run)}${ending}`);

  return {
    /** A stream of everything at first, and then of changes. */
    events(): Response {
      if (streams.size >= limits.streams) {
        throw new RefusedError(503, `${limits.streams} pages are open already`);
      }
      let stops: readonly (() => void)[] = [];
      const stream = openEvents(limits.heartbeat, () => {
        streams.delete(stream);
        for (const stop of stops) stop();
      });
      streams.add(stream);
      const change = (value: Change) => stream.send("change", value);
      const begin = async () => {
        const { runs, notice } = await watch.look();
        if (!streams.has(stream)) return;
        stops = [watch.listen(change), jobs.listen((job) => change({ jobs: [job] }))];
        const everything: Everything = {
          folder: basename(root),
          runs: [...runs.values()].map(({ run }) => run),
          jobs: jobs.list(),
          ...(notice !== undefined && { notice }),
        };
        stream.send("everything", everything);
      };
      begin().catch(() => stream.close());
      return stream.response;
    },

    forms: (): Forms => ({ forms: commands.forms, from, places: data }),

    async details(name: string): Promise<RunDetails> {
      const { config, result } = await find(name);
      const files = await filesOf(root, name);
      return { config: config.json ?? null, result: result.json ?? null, files };
    },

    async curves({ runs, metric }: CurvesRequest): Promise<Curve[]> {
      const known = (await watch.recent()).runs;
      return curves({ runs: runs.filter((run) => known.has(run)), metric });
    },

    async file(name: string, path: string): Promise<Response> {
      await find(name, true);
      const type = contentTypes[extname(path).toLowerCase()];
      const isListed = (await filesOf(root, name)).some((file) => file.path === path);
      if (type === undefined || !isListed) {
        throw new UserError(`${name} has no file ${JSON.stringify(path)}`, "not-found");
      }
      return sendFile(openInside(root, join(name, path)), { "content-type": type });
    },

    async weights(name: string): Promise<Response> {
      await find(name);
      const { file, ending } = openWeights(name);
      return sendFile(file, {
        "content-type": "application/octet-stream",
        ...fileName(name, ending),
      });
    },

    /** The trained model as ONNX, written by a process of its own: one at a time. */
    async onnx(name: string): Promise<Response> {
      await find(name);
      const work = exporting.then(async () => {
        const folder = await mkdtemp(join(tmpdir(), "ondelette-studio-"));
        try {
          const path = join(folder, "model.onnx");
          const failure = await runToEnd(commands.exportOnnx(join(root, name), path).words);
          if (failure !== undefined) throw new UserError(failure);
          // An open file outlives its name.
          return sendFile(openFile(path), {
            "content-type": "application/octet-stream",
            ...fileName(name, ".onnx"),
          });
        } finally {
          await rm(folder, { recursive: true, force: true }).catch(() => {});
        }
      });
      exporting = work.catch(() => {});
      return work;
    },

    log(name: string): Log {
      return { run: name, text: jobs.logOf(name) ?? "" };
    },

    async start({ command, values }: StartRequest): Promise<StopRequest> {
      const places = placesOf(root, data, from);
      const { run, ...line } = await commands.start(command, values, places);
      await jobs.start(run, line.command, line.words);
      return { run };
    },

    async resume({ run: name, values }: ResumeRequest): Promise<StopRequest> {
      const { config, holder } = await find(name);
      if (holder) throw new UserError(`${name} is being trained already`, "locked");
      if (!isRunConfig(config.json)) throw new UserError(`${name} is damaged`, "damaged-file");
      const folder = join(root, name);
      const places = placesOf(root, data, from);
      const line = await commands.resume({ folder, config: config.json }, values, places);
      await jobs.start(name, line.command, line.words);
      return { run: name };
    },

    /** Interrupts the training of a run, whoever started it; it saves and ends. */
    async stop(name: string): Promise<StopRequest> {
      if (jobs.stop(name)) return { run: name };
      const { holder, run } = await find(name);
      // A comparison trains runs of other names.
      if (holder && jobs.stop(name, holder.pid)) return { run: name };
      if (!holder) throw new UserError(`nothing trains ${name}`);
      if (!run.canStop) {
        throw new UserError(
          `process ${holder.pid} on ${holder.host}, which trains ${name}, cannot be interrupted from here`,
          "not-permitted",
        );
      }
      interruptOnce(name, holder, interrupted);
      return { run: name };
    },

    /** Ends all streams, and interrupts the trainings that were started here; they save and end. */
    async close(): Promise<void> {
      watch.close();
      await jobs.close();
      for (const stream of [...streams]) stream.close();
    },
  };
}

function interruptOnce(name: string, { pid, started }: Holder, done: Set<string>): void {
  const key = `${pid} ${started}`;
  if (done.has(key)) return;
  try {
    process.kill(pid, "SIGINT");
  } catch (error) {
    throw new UserError(
      `process ${pid}, which trained ${name}, ended or is not yours`,
      "not-permitted",
      {
        cause: error,
      },
    );
  }
  done.add(key);
}
