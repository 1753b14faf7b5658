/** The worker of the page: told a number of threads, it answers `ready`, and then each message with a round. */
import { openGptRounds } from "../gptRounds.ts";

let round: (() => Promise<number>) | undefined;
addEventListener("message", async ({ data }: MessageEvent<number>) => {
  if (round) return postMessage(await round());
  round = await openGptRounds(data);
  postMessage("ready");
});
