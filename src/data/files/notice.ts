/**
 * Receives one sentence that names a file and says what was done to it that a person may not expect. Nothing below the
 * command line prints; it calls a notice instead.
 */
export type Notice = (sentence: string) => void;
