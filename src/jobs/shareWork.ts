import { deserialize, serialize } from "node:v8";
import { gather } from "./gather.ts";
import { type PartFile, readEntry } from "./partFile.ts";
import {
  computed,
  computeShare,
  gathered,
  type PartPlace,
  partsIn,
  removeForeignParts,
  removeParts,
  type Watch,
} from "./parts.ts";
import { type JobCommand, runJobs } from "./processes.ts";
import { piecesOf, type Share } from "./share.ts";
import { pieceCount, type Work } from "./work.ts";

/** Processes that run the same program at once and exchange bytes, such as the ranks of MPI. */
export interface Ranks {
  readonly rank: number;
  readonly size: number;
  /** The bytes of every rank, in their order. */
  gather(bytes: Uint8Array): Promise<readonly Uint8Array[]> | readonly Uint8Array[];
}

/** How a process takes part in a work. */
export type Sharing =
  /** It does all of it. */
  | { readonly how: "alone" }
  /** It starts processes that compute the parts into a folder, which is removed at the end. */
  | {
      readonly how: "jobs";
      readonly jobs: number;
      readonly place: PartPlace;
      command(share: Share): JobCommand;
    }
  /** It computes one share, and keeps it in a folder. */
  | { readonly how: "shard"; readonly share: Share; readonly place: PartPlace }
  /** It takes what others have computed. */
  | { readonly how: "merge"; readonly files: readonly PartFile[] }
  /** It computes the share of its rank; rank 0 has all parts at the end. */
  | { readonly how: "ranks"; readonly ranks: Ranks; readonly place: PartPlace };

/** What has become of a work: a share, or what `finish` made of all parts. */
export type Outcome<Result> =
  | { readonly share: Share; readonly file: PartFile | undefined }
  | { readonly result: Result };

/**
 * Does a work in one of the ways to share it, and hands the results of all pieces to `finish`, in order, if this process comes to
 * have them. The results have the same bits in all ways, so what `finish` makes of them does not depend on the way. `finish` must take all
 * of them. Parts of an earlier run that was killed are used again.
 */
export async function shareWork<Part, Result>(
  work: Work<Part>,
  sharing: Sharing,
  watch: Watch,
  finish: (parts: AsyncIterable<Part>) => Promise<Result>,
): Promise<Outcome<Result>> {
  switch (sharing.how) {
    case "alone":
      return { result: await finish(computed(work, watch)) };
    case "merge":
      return { result: await finish(gathered(work, sharing.files)) };
    case "shard": {
      const { share, place } = sharing;
      return { share, file: await computeShare(work, share, place, watch) };
    }
    case "jobs": {
      const { folder } = sharing.place;
      await overProcesses(work, sharing, watch);
      const result = await finish(gathered(work, await partsIn(folder)));
      await removeParts(folder);
      return { result };
    }
    case "ranks": {
      const { ranks, place } = sharing;
      const share = { index: ranks.rank, count: ranks.size };
      const parts = await overRanks(work, ranks, place, watch);
      let result: Result | undefined;
      let isDone = false;
      try {
        if (ranks.rank === 0) result = await finish(parts);
        isDone = true;
      } finally {
        // Parts are kept, everywhere, where what is made of them could not be written.
        const all = await ranks.gather(Uint8Array.of(isDone ? 1 : 0));
        if (all.every(([done]) => done === 1)) await removeParts(place.folder);
      }
      return ranks.rank === 0 ? { result: result as Result } : { share, file: undefined };
    }
  }
}

/** Starts a process for each share that lacks pieces, and waits until all are there. */
async function overProcesses(
  work: Work<unknown>,
  { jobs, place, command }: Extract<Sharing, { how: "jobs" }>,
  { report, signal }: Watch,
): Promise<void> {
  const pieces = pieceCount(work);
  await removeForeignParts(place.folder, { ...work, pieces });
  const known = new Map((await partsIn(place.folder)).flatMap(({ entries }) => [...entries]));
  const count = Math.min(jobs, pieces);
  const shares = Array.from({ length: count }, (_, index) => ({ index, count }));
  const [open, done] = [
    shares.filter((share) => piecesOf(share, pieces).some((piece) => !known.has(piece))),
    shares.filter((share) => piecesOf(share, pieces).every((piece) => known.has(piece))),
  ];
  const before = done
    .flatMap((share) => piecesOf(share, pieces))
    .reduce((sum, piece) => sum + known.get(piece)!.amount, 0); // it is known
  await runJobs(open.map(command), { signal, report: (amount) => report(before + amount) });
}

/** What a rank gives to the others. */
interface RankParts {
  readonly settings: Work<unknown>["settings"];
  readonly pieces: number;
  readonly parts: readonly (readonly [piece: number, content: Uint8Array])[];
}

/** Computes the share of this rank, and gives the results of all ranks in order. Throws UserError where ranks have other settings. */
async function overRanks<Part>(
  work: Work<Part>,
  ranks: Ranks,
  place: PartPlace,
  watch: Watch,
): Promise<AsyncGenerator<Part, void>> {
  const pieces = pieceCount(work);
  const shareOf = (index: number): Share => ({ index, count: ranks.size });
  await removeForeignParts(place.folder, { ...work, pieces });
  await ranks.gather(nothing); // so that nobody writes yet where another still removes
  await computeShare(work, shareOf(ranks.rank), place, watch);
  const files = await partsIn(place.folder);
  const parts: [number, Uint8Array][] = [];
  for (const piece of piecesOf(shareOf(ranks.rank), pieces)) {
    const file = files.find(({ entries }) => entries.has(piece))!; // it has been computed
    parts.push([piece, await readEntry(file, file.entries.get(piece)!)]);
  }
  const sent: RankParts = { settings: work.settings, pieces, parts };
  const all = (await ranks.gather(serialize(sent))).map((bytes): RankParts => deserialize(bytes));
  gather(
    all.map(({ settings, pieces, parts }, index) => ({
      path: `what rank ${index} computed`,
      head: { settings, pieces, share: shareOf(index) },
      entries: new Map(parts.map(([piece]) => [piece, { offset: 0, length: 0, amount: 0 }])),
    })),
    { ...work, pieces },
  );
  const contents = new Map(all.flatMap(({ parts }) => parts));
  return (async function* () {
    for (let piece = 0; piece < pieces; piece++) yield deserialize(contents.get(piece)!); // all are there
  })();
}

const nothing = new Uint8Array(0);
