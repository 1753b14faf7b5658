import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../../errors/userError.ts";
import type { Communicator } from "../../mpi/communicator.ts";
import { openMpi } from "../../mpi/openMpi.ts";
import { packageVersion } from "../version.ts";

/** The environment variable for the seconds that ranks wait for each other. */
const timeLimitVariable = "ONDELETTE_RANK_TIME_LIMIT";

/**
 * Joins the processes that were started together, where `mpiexec` or its like started several. Throws UserError where MPI
 * cannot be used, or the ranks run different versions or commands.
 */
export async function joinRanks(): Promise<Communicator> {
  const text = process.env[timeLimitVariable];
  const timeLimit = text === undefined ? undefined : Number(text);
  if (timeLimit !== undefined && !(timeLimit > 0)) {
    throw new UserError(`${timeLimitVariable} is ${text}, and must be a number of seconds above 0`);
  }
  const ranks = await openMpi(timeLimit === undefined ? {} : { timeLimit });
  if (ranks.size === 1) return ranks;
  const [version, words] = [await packageVersion(), process.argv.slice(2)];
  await requireEqual(
    ranks,
    version,
    (other, first, rank) =>
      `rank ${rank} runs ondelette ${other}, and rank 0 ${first}; install one version on all machines`,
  );
  await requireEqual(
    ranks,
    words.join(" "),
    (other, first, rank) =>
      `rank ${rank} was started as “ondelette ${other}”, and rank 0 as “ondelette ${first}”; start all with one command`,
  );
  return ranks;
}

/** Ends the ranks and throws UserError on every one where a text is not the same on all. */
async function requireEqual(
  ranks: Communicator,
  own: string,
  sentence: (other: string, first: string, rank: number) => string,
): Promise<void> {
  const all = (await ranks.gather(new TextEncoder().encode(own))).map((bytes) =>
    new TextDecoder().decode(bytes),
  );
  const [first = ""] = all;
  const rank = all.findIndex((text) => text !== first);
  if (rank <= 0) return;
  // All ranks are here and end together: of one that leaves without MPI the launcher kills the others, and says so instead.
  await ranks[Symbol.asyncDispose]();
  throw new UserError(sentence(all[rank] ?? "", first, rank));
}

/** Milliseconds in which rank 0 says what all ranks would say, and ends them. */
const grace = 2000;

/** Milliseconds for the launcher to pass on what was said: a job that is aborted at once may take it along. */
const passingOn = 200;

/**
 * Ends this process's part in a job: with the others where all is well, or by ending them. A mistake that all ranks find is
 * told by rank 0 alone; `tell` says what this rank found.
 */
export async function endRanks(
  ranks: Communicator,
  code: number,
  isWell: boolean,
  tell: () => void,
): Promise<void> {
  if (ranks.size === 1) return;
  if (isWell) return ranks[Symbol.asyncDispose]();
  if (ranks.rank > 0) await wait(grace);
  tell();
  await wait(passingOn);
  ranks.abort(code);
}
