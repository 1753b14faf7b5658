import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import type { OndeletteImage } from "../../src/element/element.ts";
import "../../src/element/element.ts";
import type { Outcome } from "./slowFiles.ts";

/** The samples that Node decodes. */
let expected: Uint8ClampedArray;
beforeAll(async () => {
  expected = new Uint8ClampedArray(await (await fetch("/slow/pixels")).arrayBuffer());
  await heard(put({ src: "/slow/fast" }), "load"); // a thread runs from here on
});
afterEach(() => document.body.replaceChildren());

/** A new element in the page, with what it is to show. */
function put(attributes: Readonly<Record<string, string>>): OndeletteImage {
  const element = document.createElement("ondelette-image");
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  return element;
}
const canvasOf = ({ shadowRoot }: OndeletteImage) => shadowRoot!.querySelector("canvas")!;
const textOf = ({ shadowRoot }: OndeletteImage) => shadowRoot!.querySelector("span")!;
const shown = (element: OndeletteImage) =>
  canvasOf(element).getContext("2d")!.getImageData(0, 0, 160, 120).data;
const heard = (element: OndeletteImage, type: string) =>
  new Promise<Event>((resolve) => element.addEventListener(type, resolve, { once: true }));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const outcomes = async (): Promise<Record<string, Outcome>> => (await fetch("/slow/log")).json();
const become = (wanted: Record<string, Outcome>) =>
  expect.poll(outcomes, { timeout: 10_000 }).toMatchObject(wanted);

/** Mean error of the samples that an element shows. */
function errorOf(element: OndeletteImage): number {
  const samples = shown(element);
  return samples.reduce((sum, x, i) => sum + Math.abs(x - expected[i]!), 0) / samples.length;
}

describe("a slow download", () => {
  test("gives coarser pictures, each better than the last, and then the exact one", async () => {
    const element = put({ src: "/slow/asked", alt: "a disc" });
    const errors: number[] = [];
    element.addEventListener("progress", () => {
      errors.push(errorOf(element));
      void fetch("/slow/next"); // no faster than pictures are made of it
    });
    expect(element.complete).toBe(false);
    await heard(element, "progress");
    await heard(element, "load");
    expect(errors.filter((error) => error > 0).length).toBeGreaterThanOrEqual(2);
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    expect(errorOf(element)).toBe(0);
    expect(element.complete).toBe(true);
  });

  test("keeps the place from the first bytes on", async () => {
    const element = put({ src: "/slow/layout" });
    const sizes = new Set<string>();
    const watcher = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0) sizes.add(`${width}×${height}`);
    });
    watcher.observe(element);
    await heard(element, "load");
    watcher.disconnect();
    expect([...sizes]).toEqual(["160×120"]);
    expect([element.naturalWidth, element.naturalHeight]).toEqual([160, 120]);
  });

  test("stops when the element goes, and begins again when it comes back", async () => {
    const element = put({ src: "/slow/gone" });
    await become({ gone: "running" });
    element.remove();
    await become({ gone: "broken off" });
    const loaded = heard(element, "load");
    document.body.append(element);
    await loaded;
    expect(errorOf(element)).toBe(0);
  });

  test("stops when the element is to show something else", async () => {
    const element = put({ src: "/slow/before" });
    await become({ before: "running" });
    element.src = "/slow/fast-after";
    await heard(element, "load");
    expect(errorOf(element)).toBe(0);
    await become({ before: "broken off" });
  });

  test("goes on when the element is moved", async () => {
    const element = put({ src: "/slow/moved" });
    await become({ moved: "running" });
    document.body.prepend(element);
    await heard(element, "load");
    await become({ moved: "sent" });
  });
});

describe("what cannot be shown", () => {
  test.each([
    ["broken", "is damaged"],
    ["missing", "404"],
  ])("is an error, and its alternative text stands there: %s", async (name, message) => {
    const element = put({ src: `/slow/${name}`, alt: "a disc before a gradient" });
    const error = await heard(element, "error");
    expect(error).toBeInstanceOf(ErrorEvent);
    expect((error as ErrorEvent).message).toContain(message);
    expect(element.innerText || textOf(element).innerText).toBe("a disc before a gradient");
    expect(canvasOf(element).checkVisibility()).toBe(false);
    expect(element.complete).toBe(true);
    element.src = "/slow/fast";
    await heard(element, "load");
    expect(errorOf(element)).toBe(0);
    expect(textOf(element).checkVisibility()).toBe(false);
  });

  test("because the connection broke keeps what came before", async () => {
    const element = put({ src: "/slow/short" });
    const error = await heard(element, "error");
    expect((error as ErrorEvent).message).toContain("could not be loaded");
    expect(errorOf(element)).toBeGreaterThan(0);
    expect(errorOf(element)).toBeLessThan(20);
    expect(canvasOf(element).checkVisibility()).toBe(true);
  });
});

describe("the element", () => {
  test("is an image with a name to those who do not see it", async () => {
    put({ src: "/slow/fast", alt: "a disc" });
    await expect.element(page.getByRole("img", { name: "a disc" })).toBeInTheDocument();
    const ornament = put({ src: "/slow/fast", alt: "" });
    expect(canvasOf(ornament).role).toBe("presentation");
  });

  test("has its place before any bytes where width and height are given", () => {
    const element = put({ src: "/slow/sized", width: "320", height: "240" });
    expect([element.width, element.height]).toEqual([320, 240]);
    Object.assign(element.style, { width: "100px", height: "auto" });
    expect([element.width, element.height]).toEqual([100, 75]);
    element.remove();
  });

  test("takes the size that CSS gives, and objects fit as an image's do", async () => {
    const element = put({ src: "/slow/fast" });
    await heard(element, "load");
    element.style.height = "60px";
    expect([element.width, element.height]).toEqual([80, 60]);
    Object.assign(element.style, { height: "auto", width: "400px" });
    expect([element.width, element.height]).toEqual([400, 300]);
    Object.assign(element.style, { height: "100px", objectFit: "cover" });
    const { width, height } = canvasOf(element).getBoundingClientRect();
    expect([width, height]).toEqual([400, 100]);
    expect(getComputedStyle(canvasOf(element)).objectFit).toBe("cover");
  });

  test("that is lazy loads when it comes near the window", async () => {
    const far = document.createElement("div");
    far.style.height = "5000px";
    document.body.append(far);
    const element = put({ src: "/slow/fast-lazy", loading: "lazy" });
    await pause(200);
    expect(await outcomes()).not.toHaveProperty("fast-lazy");
    const loaded = heard(element, "load");
    element.scrollIntoView();
    await loaded;
    expect(errorOf(element)).toBe(0);
  });

  test("loads and decodes in threads: the page itself has fetched no picture", () => {
    const fetched = performance.getEntriesByType("resource").map(({ name }) => name);
    expect(fetched.some((name) => name.endsWith("/slow/pixels"))).toBe(true);
    expect(fetched.filter((name) => /\/slow\/(?!log$|next$|pixels$)/.test(name))).toEqual([]);
  });
});

test("where no thread can start, the page decodes", async () => {
  const ThreadOfPage = globalThis.Worker;
  globalThis.Worker = class {
    constructor() {
      throw new DOMException("no threads", "SecurityError");
    }
  } as never;
  try {
    const anew = "/src/element/openPicture.ts?without=threads"; // which has no threads yet
    const { openPicture }: typeof import("../../src/element/openPicture.ts") = await import(
      /* @vite-ignore */ anew
    );
    const pictures: number[] = [];
    await new Promise<void>((resolve, reject) =>
      openPicture(
        { url: new URL("/slow/one", location.href).href, model: "" },
        {
          onInfo: () => {},
          onPicture({ isLast, data }) {
            pictures.push(data.length);
            if (isLast) resolve();
          },
          onFailure: ({ message }) => reject(new Error(message)),
        },
      ),
    );
    expect(pictures.length).toBeGreaterThan(1);
    expect(new Set(pictures)).toEqual(new Set([4 * 160 * 120]));
  } finally {
    globalThis.Worker = ThreadOfPage;
  }
});

test("many elements share few threads, and all of them load", async () => {
  const elements = Array.from({ length: 12 }, () => put({ src: "/slow/fast" }));
  await Promise.all(elements.map((element) => heard(element, "load")));
  expect(elements.map(errorOf)).toEqual(elements.map(() => 0));
});
