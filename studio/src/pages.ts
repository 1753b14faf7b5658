import type { ComponentType } from "preact";
import { pageTexts } from "./pageTexts.ts";

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
    ...pageTexts.wavelets,
    load: () => import("./pages/wavelets/page.tsx"),
  },
  language: {
    ...pageTexts.language,
    load: () => import("./pages/language/page.tsx"),
  },
  generate: {
    ...pageTexts.generate,
    load: () => import("./pages/generate/page.tsx"),
  },
  sequence: {
    ...pageTexts.sequence,
    load: () => import("./pages/sequence/page.tsx"),
  },
  fields: {
    ...pageTexts.fields,
    load: () => import("./pages/fields/page.tsx"),
  },
  runs: {
    ...pageTexts.runs,
    load: () => import("./pages/runs/page.tsx"),
  },
} as const satisfies Readonly<Record<string, Page>>;

export type PageName = keyof typeof pages;

export const pageNames = Object.keys(pages) as readonly PageName[]; // a literal's own keys

export const isPageName = (name: string): name is PageName => Object.hasOwn(pages, name);
