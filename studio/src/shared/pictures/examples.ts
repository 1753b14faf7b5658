import digit from "./examples/digit.png";
import harbor from "./examples/harbor.webp";

/** The shipped pictures, by name; `npm run studio:examples` draws the harbor, `npm run studio:model` the digit. */
export const examples = { harbor, digit } as const;

export type ExampleName = keyof typeof examples;

export const exampleNames = Object.keys(examples) as readonly ExampleName[]; // a literal's own keys

export const exampleTitles: Readonly<Record<ExampleName, string>> = {
  harbor: "Harbor",
  digit: "Digit, 28×28",
};
