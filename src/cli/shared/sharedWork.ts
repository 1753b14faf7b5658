import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { parseShare, piecesOf, shareText } from "../../jobs/share.ts";
import { type Sharing, shareWork } from "../../jobs/shareWork.ts";
import { pieceCount, type Settings, spanOf, type Work } from "../../jobs/work.ts";
import type { Io, Result } from "../parser/command.ts";
import type { Options } from "../parser/options.ts";
import type { ProgressOptions } from "../terminal/progress.ts";
import { packageVersion } from "../version.ts";
import { threadsOfRank } from "./rankThreads.ts";

const group = "Shared work";

/** Options of commands whose work can be shared out. */
export const sharingOptions = {
  jobs: {
    ...{ type: "integer", min: 1, max: 1024, default: 1, group },
    help: "processes to start on this machine; the result is the same",
  },
  shard: {
    ...{ type: "string", placeholder: "I/N", group },
    otherwise: "all of it",
    help: "compute the I-th of N shares alone, on any machine, for `ondelette merge`",
  },
  shardFolder: {
    ...{ type: "string", placeholder: "FOLDER", group },
    otherwise: "OUT.shards, or COMMAND.shards",
    help: "folder to keep the shares in",
  },
} as const satisfies Options;

/** Values of {@link sharingOptions}, and of those that bear on them. */
export interface SharingArgs {
  readonly jobs: number;
  readonly shard: string | undefined;
  readonly shardFolder: string | undefined;
  /** What the command writes; commands that print alone have none. */
  readonly out?: string | undefined;
  /** `undefined` of a command that has the option, where it is not given. */
  readonly threads?: number | undefined;
}

/**
 * Threads of each process: those that were asked for, else, of several processes on this machine, an equal share of its cores.
 * `undefined` where nobody says.
 */
export function threadsOf(
  { jobs, threads }: Pick<SharingArgs, "jobs" | "threads">,
  { ranks }: Pick<Io, "ranks">,
): number | undefined {
  if (threads !== undefined || jobs === 1) return threadsOfRank(threads, ranks);
  return Math.max(1, Math.floor(availableParallelism() / jobs));
}

/** A process tells the one that started it how far it is this often: milliseconds. */
const tellEvery = 100;

/** A work of a command, and how its progress is shown. */
export interface CommandWork<Part> extends Work<Part> {
  readonly progress: ProgressOptions;
}

/**
 * Does the work of a command in the way that its options ask for: alone, by several processes, a share of it, or with the shares of
 * others. `finish` makes the command's result of the results of all pieces.
 */
export async function doWork<Part>(
  args: SharingArgs,
  io: Io,
  work: CommandWork<Part>,
  finish: (parts: AsyncIterable<Part>) => Promise<Result>,
): Promise<Result> {
  const settings: Settings = { ondelette: await packageVersion(), ...work.settings };
  const asked = sharingOf(args, io, settings);
  const pieces = Math.max(1, pieceCount(work));
  const sharing: Sharing = asked.how === "jobs" && pieces === 1 ? { how: "alone" } : asked;
  if (asked.how === "jobs" && args.jobs > pieces) {
    const what = pieces === 1 ? "the work is one piece" : `the work has ${pieces} pieces`;
    io.log(`--jobs ${args.jobs} is lowered to ${pieces}: ${what} of what is computed together`);
  }
  const progress = sharing.how === "merge" ? undefined : io.progress(progressOf(work, sharing));
  const { tell = () => {} } = io.process;
  let [done, toldAt] = [0, 0];
  const watch = {
    signal: io.signal,
    report: (amount: number) => {
      progress?.update(amount);
      done = amount;
      const now = performance.now();
      if (now - toldAt < tellEvery) return;
      tell({ amount });
      toldAt = now;
    },
  };
  const outcome = await shareWork({ ...work, settings }, sharing, watch, (parts) =>
    finish(ending(parts, () => progress?.finish())),
  );
  progress?.finish();
  tell({ amount: done });
  if ("result" in outcome) return outcome.result;
  const { share, file } = outcome;
  const shard = shareText(share);
  if (!file) return { shard };
  const { length } = [...file.entries];
  io.print(`${file.path}: shard ${shard}, ${length} of ${file.head.pieces} pieces`);
  return { shard, file: file.path, pieces: length, of: file.head.pieces };
}

/** The progress of what this process waits for: a share where it computes one. */
function progressOf(work: CommandWork<unknown>, sharing: Sharing): ProgressOptions {
  const own =
    sharing.how === "shard"
      ? sharing.share
      : sharing.how === "ranks"
        ? { index: sharing.ranks.rank, count: sharing.ranks.size }
        : undefined;
  if (!own || typeof work.progress.total !== "number") return work.progress;
  const total = piecesOf(own, pieceCount(work)).reduce((sum, piece) => {
    const { first, end } = spanOf(work, piece);
    return sum + end - first;
  }, 0);
  return { ...work.progress, total };
}

/** The same parts; `end` is called after the last one. */
async function* ending<Part>(
  parts: AsyncIterable<Part>,
  end: () => void,
): AsyncGenerator<Part, void> {
  yield* parts;
  end();
}

/** Whether this process does all of the work: nobody asked to share it. */
export const isAlone = (args: SharingArgs, io: Io): boolean =>
  sharingOf(args, io, {}).how === "alone";

function sharingOf(args: SharingArgs, io: Io, settings: Settings): Sharing {
  const { jobs, shard, shardFolder } = args;
  const { ranks } = io;
  const { words, program, merging } = io.process;
  if (merging) return { how: "merge", files: merging };
  const share = shard === undefined ? undefined : parseShare(shard);
  if (shard !== undefined && !share)
    throw new UserError(`--shard must be I/N with I from 1 to N, such as 2/3, not ${shard}`);
  if (share && jobs > 1)
    throw new UserError("--shard computes one share, and --jobs all of them: give one");
  if (share) {
    const folder = shardFolder ?? visibleFolder(args, words);
    return { how: "shard", share, place: { folder, words } };
  }
  const folder = shardFolder ?? hiddenFolder(args, words, settings);
  if (ranks.size > 1) {
    if (jobs > 1) throw new UserError("--jobs starts processes of its own: leave it out under MPI");
    return { how: "ranks", ranks, place: { folder, words } };
  }
  if (jobs === 1) return { how: "alone" };
  const [file, ...first] = program;
  const threads = "threads" in args ? ["--threads", `${threadsOf(args, io)}`] : [];
  return {
    ...{ how: "jobs", jobs, place: { folder, words } },
    command: (share) => ({
      ...{ share, file },
      words: [
        ...first,
        ...withOptions(words, [
          ...["--jobs", "1", "--shard", shareText(share), "--shard-folder", folder],
          ...threads,
        ]),
      ],
    }),
  };
}

/** A command line with more options, which come before a `--` that ends options. */
function withOptions(words: readonly string[], more: readonly string[]): string[] {
  const end = words.indexOf("--");
  const at = end < 0 ? words.length : end;
  return [...words.slice(0, at), ...more, ...words.slice(at)];
}

/** The words that name the command: `image-stats`. */
const commandName = (words: readonly string[]): string => words.slice(0, 2).join("-");

/** Where shares by hand are kept: beside what is written, or in the current folder. */
const visibleFolder = ({ out }: SharingArgs, words: readonly string[]): string =>
  out === undefined
    ? `${commandName(words)}.shards`
    : join(dirname(out), `${basename(out)}.shards`);

/** Where the shares of processes are kept while they work; of a command that writes nothing, by its settings. */
function hiddenFolder({ out }: SharingArgs, words: readonly string[], settings: Settings): string {
  if (out !== undefined) return join(dirname(out), `.${basename(out)}.shards`);
  const hash = createHash("sha256").update(JSON.stringify(settings)).digest("hex").slice(0, 8);
  return `.${commandName(words)}-${hash}.shards`;
}
