/**
 * Films the page that generates, in a browser, while it draws digits coarse to fine: a silent animated WebP for the README.
 *
 *   node studio/film.ts docs/pictures/coarse-to-fine.webp
 */
import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { openBrowser, openPage } from "./e2e/browser.ts";
import { buildStudio, openStaticHost } from "./e2e/staticHost.ts";

const [file = "coarse-to-fine.webp"] = process.argv.slice(2);

/** Seconds that the drawing takes in the film, however fast this computer is, and for which its end stays. */
const seconds = { drawing: 6, end: 2.5 };
/** Frames in a second. */
const rate = 10;
const mostBytes = 1.5e6;

await buildStudio();
const host = await openStaticHost();
const browser = await openBrowser();
const { page } = await openPage(browser, `${host.address}#/generate?count=64`, {
  viewport: { width: 1280, height: 760 },
  colorScheme: "light",
});
const draw = page.getByRole("button", { name: "Draw", exact: true });
await draw.click();
await page.locator(".samples button").first().waitFor({ timeout: 60_000 });
// How long this computer takes says nothing in a film.
await page.locator(".facts").evaluate((facts) => {
  facts.style.display = "none";
});
const seen = page.locator(".figure").first();
const shots: { readonly at: number; readonly png: Buffer }[] = [];
const begun = performance.now();
while (!(await draw.isVisible()))
  shots.push({ png: await seen.screenshot(), at: (performance.now() - begun) / 1000 });
shots.push({ png: await seen.screenshot(), at: (performance.now() - begun) / 1000 });
await browser.close();
host.close();

// The picture that was there at each moment of the film.
const last = shots.at(-1)?.at ?? 1;
const frames = Array.from({ length: seconds.drawing * rate + 1 }, (_, k) => {
  const moment = (k / (seconds.drawing * rate)) * last;
  return shots.findLast(({ at }) => at <= moment) ?? shots[0];
}).flatMap((shot) => shot ?? []);
const delay = frames.map((_, k) =>
  k === frames.length - 1 ? 1000 * seconds.end : Math.round(1000 / rate),
);
const film = await sharp(
  frames.map(({ png }) => png),
  { join: { animated: true } },
)
  .webp({ delay, loop: 0, quality: 60, effort: 6, mixed: true })
  .toBuffer();
if (film.length > mostBytes) throw new Error(`the film has ${film.length} bytes`);
await writeFile(file, film);
console.log(`${file}: ${frames.length} frames of ${shots.length} shots, ${film.length} bytes`);
