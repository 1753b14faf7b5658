/** Jobs of several processes, on one machine or many, through MPI. */

export { alone, type Communicator } from "./communicator.ts";
export { type Launch, launchOf } from "./launcher.ts";
export { LostRankError } from "./lostRank.ts";
export { type Collective, collectiveSeconds, type Link } from "./network/collectives.ts";
export { type FittedLink, fitLink, type NetworkPoint } from "./network/fitLink.ts";
export {
  type MeasureOptions,
  measureNetwork,
  type NetworkMeasurement,
} from "./network/measureNetwork.ts";
export { type MpiOptions, openMpi } from "./openMpi.ts";
