import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../../errors/userError.ts";
import type { Communicator } from "../../mpi/communicator.ts";
import { openMpi } from "../../mpi/openMpi.ts";
import { packageVersion } from "../version.ts";

/** The environment variable for the seconds that ranks wait for each other. */
const timeLimitVariable = "ONDELETTE_RANK_TIME_LIMIT";

/**
 * Joins the processes that were started together, where `mpiexec` or its like started several. Throws UserError where MPI
 * cannot be used, or the ranks run different versions.
 */
export async function joinRanks(): Promise<Communicator> {
  const text = process.env[timeLimitVariable];
  const timeLimit = text === undefined ? undefined : Number(text);
  if (timeLimit !== undefined && !(timeLimit > 0)) {
    throw new UserError(`${timeLimitVariable} is ${text}, and must be a number of seconds above 0`);
  }
  const ranks = await openMpi(timeLimit === undefined ? {} : { timeLimit });
  if (ranks.size === 1) return ranks;
  const own = await packageVersion();
  const versions = (await ranks.gather(new TextEncoder().encode(own))).map((version) =>
    new TextDecoder().decode(version),
  );
  const other = versions.findIndex((version) => version !== versions[0]);
  if (other > 0) {
    throw new UserError(
      `rank ${other} runs ondelette ${versions[other]}, and rank 0 ${versions[0]}; install one version on all machines`,
    );
  }
  return ranks;
}

/** Milliseconds in which rank 0 says what all ranks would say, and ends them. */
const grace = 1000;

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
  ranks.abort(code);
}
