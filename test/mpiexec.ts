import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** An MPI that tests can start processes with. */
export interface InstalledMpi {
  readonly name: string;
  readonly launcher: string;
  readonly options: readonly string[];
  /** Why tests with it are skipped. */
  readonly missing: string | undefined;
}

/** The MPIs that the suite knows, as Debian names their launchers. */
export const installedMpis = (): readonly InstalledMpi[] => [
  mpi("MPICH", "mpiexec.mpich", []),
  // More processes than cores, and in containers the user is root.
  mpi("Open MPI", "mpiexec.openmpi", [
    "--allow-run-as-root",
    "--oversubscribe",
    "--bind-to",
    "none",
  ]),
];

const mpi = (name: string, launcher: string, options: readonly string[]): InstalledMpi => ({
  ...{ name, launcher, options },
  missing: isOnPath(launcher) ? undefined : ` (skipped: ${launcher} is not installed)`,
});

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** How processes ended that were started together, and what they printed. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Starts `size` processes of Node by an MPI's launcher, and waits for their end, at most 120 seconds unless said. */
export const startRanks = (
  { launcher, options }: InstalledMpi,
  size: number,
  args: readonly string[],
  seconds?: number,
): Promise<Ended> =>
  start(launcher, [...options, "-n", `${size}`, process.execPath, ...args], seconds);

/** Starts one process of Node, and waits for its end. */
export const startNode = (args: readonly string[]): Promise<Ended> => start(process.execPath, args);

function start(file: string, args: readonly string[], seconds = 120): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      file,
      args,
      { timeout: 1000 * seconds, maxBuffer: 1 << 26, env: plainEnvironment() },
      (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
    );
  });
}

/** The environment without what the test runner adds. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...rest } = process.env;
  return { ...rest, NO_COLOR: "1" };
}
