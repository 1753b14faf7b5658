/** `npm run bench -- NAME`: measures one part of the project on this machine. */
const benches: Readonly<Record<string, () => Promise<{ main(): Promise<void> }>>> = {
  engine: () => import("./engine.ts"),
};

const [name = ""] = process.argv.slice(2);
const load = benches[name];
if (load) {
  await (await load()).main();
} else {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join("|")}`);
  process.exitCode = 2;
}
