/** `npm run bench -- NAME [WORDS]`: measures one part of the project on this machine. */
const benches: Readonly<
  Record<string, () => Promise<{ main(words: readonly string[]): Promise<void> }>>
> = {
  arrays: () => import("./arrays.ts"),
  attention: () => import("./attention.ts"),
  browser: () => import("./browser.ts"),
  codec: () => import("./codec.ts"),
  cwt: () => import("./cwt.ts"),
  denoising: () => import("./denoising.ts"),
  devices: () => import("./devices.ts"),
  drawing: () => import("./drawing.ts"),
  engine: () => import("./engine.ts"),
  field: () => import("./field.ts"),
  jobs: () => import("./jobs.ts"),
  mixing: () => import("./mixing.ts"),
  "local-steps": () => import("./localSteps.ts"),
  "model-codes": () => import("./modelCodes.ts"),
  plan: () => import("./plan.ts"),
  ranks: () => import("./ranks.ts"),
  sampling: () => import("./sampling.ts"),
  scripts: () => import("./scripts.ts"),
  sets: () => import("./sets.ts"),
  wavelets: () => import("./wavelets.ts"),
  wavelets1: () => import("./wavelets1.ts"),
};

const [name = "", ...words] = process.argv.slice(2);
const load = benches[name];
if (load) {
  await (await load()).main(words);
} else {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join("|")}`);
  process.exitCode = 2;
}
