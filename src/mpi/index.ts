/** Jobs of several processes, on one machine or many, through MPI. */

export { alone, type Communicator } from "./communicator.ts";
export { type Launch, launchOf } from "./launcher.ts";
export { LostRankError } from "./lostRank.ts";
export { type MpiOptions, openMpi } from "./openMpi.ts";
