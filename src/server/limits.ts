/** What a server takes at most. Times in milliseconds. */
export interface Limits {
  /** Bytes of a request's body. */
  readonly body: number;
  /** Connections at a time; more are closed at once. */
  readonly connections: number;
  /** Time to send the headers of a request, and all of it. */
  readonly headers: number;
  readonly request: number;
  /** Time in which nothing is sent or taken, after which a connection is closed. */
  readonly idle: number;
  /** Time after which a quiet stream of events says that it is still there. */
  readonly heartbeat: number;
  /** Streams of events at a time. */
  readonly streams: number;
  /** Processes at a time. */
  readonly jobs: number;
  /** Time in which a model is written as ONNX; others wait for it. */
  readonly export: number;
}

export const usualLimits: Limits = {
  body: 256 * 1024,
  connections: 64,
  headers: 10_000,
  request: 20_000,
  idle: 120_000,
  heartbeat: 15_000,
  streams: 24,
  jobs: 16,
  export: 300_000,
};
