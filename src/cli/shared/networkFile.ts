import { readText } from "../../data/files/readText.ts";
import { UserError } from "../../errors/userError.ts";
import type { NetworkMeasurement } from "../../mpi/network/measureNetwork.ts";
import { CheckError, integer, list, number, object, oneOf } from "../../train/run/checks.ts";

/** A network that was measured, and the processes that did. */
export interface NetworkFile extends NetworkMeasurement {
  readonly kind: "network";
  readonly format: 1;
  /** Ranks on the machine of rank 0, and its cores. */
  readonly localRanks: number;
  readonly cores: number;
}

const positive = number({ min: 0, above: true });
const check = object({
  ...{ kind: oneOf(["network"]), format: oneOf([1]) },
  ...{ ranks: integer({ min: 2 }), localRanks: integer({ min: 1 }), cores: integer({ min: 1 }) },
  ...{ latency: positive, bandwidth: positive, deviation: number({ min: 0 }) },
  points: list(
    object({
      call: oneOf(["allReduce", "reduceScatter", "allGather"]),
      bytes: integer({ min: 1 }),
      seconds: number({ min: 0 }),
    }),
  ),
});

/** Reads what `ondelette bench-network --out` wrote. Throws UserError where it is anything else. */
export async function readNetwork(path: string): Promise<NetworkFile> {
  const text = await readText(path);
  try {
    return check(JSON.parse(text), "");
  } catch (error) {
    if (!(error instanceof CheckError || error instanceof SyntaxError)) throw error;
    throw new UserError(
      `${path} is not a file of ondelette bench-network: ${error.message}`,
      "wrong-kind",
    );
  }
}
