import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A new folder that disappears with the test that asked for it. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "ondelette-test-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
