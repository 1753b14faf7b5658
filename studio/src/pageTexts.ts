/** What each page of the studio is called, and one sentence on it, by its name in the address; in the order of the navigation. */
export const pageTexts = {
  wavelets: {
    title: "Wavelets",
    about:
      "Families of wavelets, the transform of a picture, shrinkage, and sound in time and frequency.",
  },
  language: {
    title: "Image language",
    about: "A picture as a stream of tokens: any beginning of it is a picture.",
  },
  generate: {
    title: "Generate",
    about: "A small model draws pictures coarse to fine; train one on your own.",
  },
  sequence: {
    title: "Sequence",
    about: "What wavelet mixing sees, and two language models that learn your text side by side.",
  },
  fields: {
    title: "Fields",
    about: "A picture as a continuous function: fit it, zoom without end, take it apart.",
  },
  runs: {
    title: "Runs",
    about: "Trainings on this computer: curves, samples, start, stop and resume.",
  },
} as const;
