import { firstLine, missingPackage } from "../errors/optionalPackage.ts";
import { UserError } from "../errors/userError.ts";
import type { Launch } from "./launcher.ts";

/** The foreign functions of a C library: what is used of the package `koffi`. */
export interface Foreign {
  load(
    path: string | null,
    options?: { readonly global?: boolean; readonly lazy?: boolean },
  ): Loaded;
  /** The address of an array's memory. */
  address(values: ArrayBufferView): bigint;
}

interface Loaded {
  func(declaration: string): (...args: readonly unknown[]) => number;
  symbol(name: string): unknown;
}

/** The functions of MPI that are used, by name, and what they take and give. Handles are integers in MPICH, pointers in Open MPI. */
const declarations = {
  MPI_Init_thread: "int MPI_Init_thread(void *argc, void *argv, int required, void *provided)",
  MPI_Finalize: "int MPI_Finalize()",
  MPI_Abort: "int MPI_Abort(HANDLE comm, int code)",
  MPI_Comm_rank: "int MPI_Comm_rank(HANDLE comm, void *rank)",
  MPI_Comm_size: "int MPI_Comm_size(HANDLE comm, void *size)",
  MPI_Get_library_version: "int MPI_Get_library_version(void *text, void *length)",
  MPI_Iallgather:
    "int MPI_Iallgather(void *from, int count, HANDLE type, void *to, int each, HANDLE toType, HANDLE comm, void *request)",
  MPI_Iallgatherv:
    "int MPI_Iallgatherv(void *from, int count, HANDLE type, void *to, void *counts, void *starts, HANDLE toType, HANDLE comm, void *request)",
  MPI_Ibcast:
    "int MPI_Ibcast(void *values, int count, HANDLE type, int root, HANDLE comm, void *request)",
  MPI_Iallreduce:
    "int MPI_Iallreduce(void *from, void *to, int count, HANDLE type, HANDLE op, HANDLE comm, void *request)",
  MPI_Ireduce_scatter:
    "int MPI_Ireduce_scatter(void *from, void *to, void *counts, HANDLE type, HANDLE op, HANDLE comm, void *request)",
  MPI_Isend:
    "int MPI_Isend(void *from, int count, HANDLE type, int to, int tag, HANDLE comm, void *request)",
  MPI_Irecv:
    "int MPI_Irecv(void *to, int count, HANDLE type, int from, int tag, HANDLE comm, void *request)",
  MPI_Test: "int MPI_Test(void *request, void *done, void *status)",
} as const;

export type Calls = {
  readonly [Name in keyof typeof declarations]: (...args: readonly unknown[]) => number;
};

/** An MPI library: its functions, and its handles and constants, which differ from one kind to another. */
export interface MpiLibrary {
  /** The file it was loaded from, as found. */
  readonly path: string;
  readonly calls: Calls;
  readonly address: Foreign["address"];
  /** Lets another process of this machine have the core. */
  readonly yieldCore: () => void;
  readonly world: unknown;
  readonly types: { readonly float32: unknown; readonly float64: unknown; readonly byte: unknown };
  readonly sum: unknown;
  readonly inPlace: bigint;
  readonly statusIgnore: bigint;
  /** Bytes of a request. */
  readonly requestBytes: 4 | 8;
}

/** Files of MPI libraries, by the kind of launcher, the likeliest first. */
const mpich = [
  "libmpich.so.12",
  "libmpi.so.12",
  "libmpich.so",
  "libmpi.12.dylib",
  "libmpich.dylib",
];
const openmpi = ["libmpi.so.40", "libmpi.so", "libmpi.40.dylib", "libmpi.dylib"];
const files: { readonly [Kind in Launch["kind"]]: readonly string[] } = {
  mpich,
  openmpi,
  pmix: [...openmpi, ...mpich],
};

/** The environment variable that names the library's file, where it is not found by its usual name. */
export const libraryVariable = "ONDELETTE_MPI_LIBRARY";

/**
 * Loads the MPI library that belongs to the launcher: by its usual names, or the file that {@link libraryVariable} names.
 * Throws UserError (`missing-dependency`) where there is none, or the package `koffi` is missing.
 */
export async function loadMpi(
  kind: Launch["kind"],
  { named = process.env[libraryVariable], load = importKoffi }: LoadOptions = {},
): Promise<MpiLibrary> {
  let foreign: Foreign;
  try {
    foreign = await load();
  } catch (error) {
    throw missingPackage({ name: "koffi", feature: "jobs of several processes" }, error);
  }
  const candidates = named ? [named] : files[kind];
  const reasons: string[] = [];
  for (const path of candidates) {
    try {
      // Open MPI's components look for its symbols among the global ones (open-mpi/ompi #3705).
      return libraryOf(foreign, path, foreign.load(path, { global: true, lazy: true }));
    } catch (error) {
      reasons.push(firstLine(error));
    }
  }
  throw new UserError(
    named
      ? `the MPI library ${named}, which ${libraryVariable} names, cannot be loaded (${reasons[0]})`
      : `this process was started by ${launchers[kind]}, and no MPI library was found (${candidates.join(", ")}); ` +
          `install the MPI that the launcher belongs to, or name its library's file in ${libraryVariable}`,
    "missing-dependency",
  );
}

export interface LoadOptions {
  /** The file to load; what the environment names by default. */
  readonly named?: string | undefined;
  /** Loads koffi; replaced in tests. */
  readonly load?: () => Promise<Foreign>;
}

const launchers: { readonly [Kind in Launch["kind"]]: string } = {
  mpich: "mpiexec of MPICH or its kind",
  openmpi: "mpiexec of Open MPI",
  pmix: "a launcher with PMIx",
};

const importKoffi = async (): Promise<Foreign> => (await import("koffi")).default as Foreign;

function libraryOf(foreign: Foreign, path: string, loaded: Loaded): MpiLibrary {
  const isOpenMpi = hasSymbol(loaded, "ompi_mpi_comm_world");
  const handle = isOpenMpi ? "void *" : "int";
  const calls = Object.fromEntries(
    Object.entries(declarations).map(([name, text]) => [
      name,
      loaded.func(text.replaceAll("HANDLE", handle)),
    ]),
  ) as Calls; // the same names
  const symbol = (name: string) => loaded.symbol(name);
  return {
    path,
    calls,
    address: foreign.address,
    yieldCore: yieldOf(foreign),
    ...(isOpenMpi
      ? {
          world: symbol("ompi_mpi_comm_world"),
          types: {
            float32: symbol("ompi_mpi_float"),
            float64: symbol("ompi_mpi_double"),
            byte: symbol("ompi_mpi_byte"),
          },
          sum: symbol("ompi_mpi_op_sum"),
          ...{ inPlace: 1n, statusIgnore: 0n, requestBytes: 8 },
        }
      : {
          // The ABI that MPICH, Intel MPI and MVAPICH share (MPICH ABI Compatibility Initiative).
          world: 0x44000000,
          types: { float32: 0x4c00040a, float64: 0x4c00080b, byte: 0x4c00010d },
          sum: 0x58000003,
          ...{ inPlace: -1n, statusIgnore: 1n, requestBytes: 4 },
        }),
  };
}

function hasSymbol(loaded: Loaded, name: string): boolean {
  try {
    loaded.symbol(name);
    return true;
  } catch {
    return false;
  }
}

/** `sched_yield` of the C library; nothing where there is none. */
function yieldOf(foreign: Foreign): () => void {
  try {
    return foreign.load(null).func("int sched_yield()");
  } catch {
    return () => {};
  }
}
