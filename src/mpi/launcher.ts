import { UserError } from "../errors/userError.ts";

/** Which MPI started this process, as far as its environment tells. */
export interface Launch {
  /** What the variables are of: an MPI of MPICH's kind (MPICH, Intel MPI, MVAPICH), Open MPI, or PMIx, which both use. */
  readonly kind: "mpich" | "openmpi" | "pmix";
  /** The number of processes, where the environment says so. */
  readonly size: number | undefined;
  readonly rank: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The variables that launchers set for each process they start: rank, and number of processes. */
const variables = [
  ["openmpi", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"],
  ["mpich", "PMI_RANK", "PMI_SIZE"],
  ["pmix", "PMIX_RANK", "PMIX_SIZE"],
] as const;

/** How `mpiexec`, `mpirun` or `srun` started this process; `undefined` where none of them did. */
export function launchOf(environment: Environment): Launch | undefined {
  for (const [kind, rankName, sizeName] of variables) {
    const rank = numberOf(environment, rankName);
    // Slurm says how many with a name of its own.
    const size = numberOf(environment, sizeName) ?? numberOf(environment, "SLURM_NTASKS");
    if (rank !== undefined) return { kind, rank, size };
  }
  return undefined;
}

function numberOf(environment: Environment, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text === "") return undefined;
  if (!/^\d+$/.test(text))
    throw new UserError(`the environment variable ${name} is ${text}, which is not a number`);
  return Number(text);
}
