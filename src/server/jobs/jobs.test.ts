import { expect, onTestFinished, test } from "vitest";
import { soon } from "../testing.ts";
import { createJobs } from "./jobs.ts";

/** Saves for a while when it is interrupted, as a training does. */
const training = `
  process.on("SIGINT", () => setTimeout(() => { console.log("saved"); process.exit(130); }, 300));
  setInterval(() => {}, 1000);
  console.log("at work");
`;

test("a run that is trained is not started again; one that is being stopped is, when its process has ended", async () => {
  const jobs = createJobs({
    program: [process.execPath, "-e", training],
    ...{ from: process.cwd(), most: 2 },
  });
  onTestFinished(() => jobs.close());
  await jobs.start("run", "train", []);
  await soon(() => jobs.logOf("run")).toContain("at work");
  await expect(jobs.start("run", "train", [])).rejects.toThrow("run is being trained already");
  const ends: string[] = [];
  jobs.listen(({ state, ended }) => void (ended !== undefined && ends.push(state)));
  expect(jobs.stop("run")).toBe(true);
  await jobs.start("run", "train", []);
  expect(ends).toEqual(["stopped"]);
  expect(jobs.list().map(({ state }) => state)).toEqual(["running"]);
});
