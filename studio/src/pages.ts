import type { ComponentType } from "preact";

/** A page of the studio; its code is loaded when it is first opened. */
export interface Page {
  readonly title: string;
  /** One sentence for the start page. */
  readonly about: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

/** All pages, by their name in the address, in the order of the navigation. */
export const pages = {
  wavelets: {
    title: "Wavelets",
    about:
      "Families of wavelets, the transform of a picture, shrinkage, and sound in time and frequency.",
    load: () => import("./pages/wavelets/page.tsx"),
  },
  language: {
    title: "Image language",
    about: "A picture as a stream of tokens: any beginning of it is a picture.",
    load: () => import("./pages/language/page.tsx"),
  },
  generate: {
    title: "Generate",
    about: "A small model draws pictures coarse to fine; train one on your own.",
    load: () => import("./pages/generate/page.tsx"),
  },
  sequence: {
    title: "Sequence",
    about: "What wavelet mixing sees, and two language models that learn your text side by side.",
    load: () => import("./pages/sequence/page.tsx"),
  },
  fields: {
    title: "Fields",
    about: "A picture as a continuous function: fit it, zoom without end, take it apart.",
    load: () => import("./pages/fields/page.tsx"),
  },
  runs: {
    title: "Runs",
    about: "Trainings on this computer: curves, samples, start, stop and resume.",
    load: () => import("./pages/runs/page.tsx"),
  },
} as const satisfies Readonly<Record<string, Page>>;

export type PageName = keyof typeof pages;

export const pageNames = Object.keys(pages) as readonly PageName[]; // a literal's own keys

export const isPageName = (name: string): name is PageName => Object.hasOwn(pages, name);
