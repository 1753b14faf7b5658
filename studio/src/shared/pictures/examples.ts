import harbor from "./examples/harbor.webp";

/** The shipped pictures, by name; `npm run studio:examples` draws them. */
export const examples = { harbor } as const;

export type ExampleName = keyof typeof examples;

export const exampleNames = Object.keys(examples) as readonly ExampleName[]; // a literal's own keys

export const exampleTitles: Readonly<Record<ExampleName, string>> = { harbor: "Harbor" };
