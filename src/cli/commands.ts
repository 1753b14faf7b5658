import type { Command, CommandTable } from "./parser/command.ts";

/** Headings of `ondelette --help`, by the first word of commands. */
export const topics: Readonly<Record<string, string>> = {
  image: "Images",
  sequence: "Text, sound and music",
  array: "Volumes, sounds and other arrays, compressed",
  field: "Fields: pictures, sounds and arrays as continuous functions",
  wavelet: "Wavelets of sounds, pictures and arrays",
  data: "Data sets",
};

/**
 * The closed table of commands. To add one: write `commands/<name>.ts` exporting `command`
 * (see `defineCommand`), and one row here:
 *
 * ```ts
 * "image stats": {
 *   summary: "count the wavelet tokens of a data set",
 *   load: async () => (await import("./commands/imageStats.ts")).command,
 * },
 * ```
 */
export const commands = {
  "image stats": {
    summary: "count the wavelet tokens of a data set",
    load: async () => (await import("./commands/imageStats.ts")).command,
  },
  "image encode": {
    summary: "compress a picture, or a folder of pictures",
    load: async () => (await import("./commands/imageEncode.ts")).command,
  },
  "image decode": {
    summary: "decompress a picture, or a coarse version of it",
    load: async () => (await import("./commands/imageDecode.ts")).command,
  },
  "image info": {
    summary: "tell what a compressed file says of itself",
    load: async () => (await import("./commands/imageInfo.ts")).command,
  },
  "image train": {
    summary: "train a generative model on images",
    load: async () => (await import("./commands/imageTrain.ts")).command,
  },
  "image sample": {
    summary: "generate images with a trained model",
    load: async () => (await import("./commands/imageSample.ts")).command,
  },
  "image tune": {
    summary: "find out how a model's images are best drawn",
    load: async () => (await import("./commands/imageTune.ts")).command,
  },
  "image eval": {
    summary: "measure how well a model predicts images, in bits",
    load: async () => (await import("./commands/imageEval.ts")).command,
  },
  "image classify": {
    summary: "train a classifier of images",
    load: async () => (await import("./commands/imageClassify.ts")).command,
  },
  "image recognize": {
    summary: "count the labeled images that a classifier recognizes",
    load: async () => (await import("./commands/imageRecognize.ts")).command,
  },
  "image fidelity": {
    summary: "measure how similar samples are to real pictures, beside other real ones",
    load: async () => (await import("./commands/imageFidelity.ts")).command,
  },
  "sequence train": {
    summary: "train a language model on text, sound or music",
    load: async () => (await import("./commands/sequenceTrain.ts")).command,
  },
  "sequence sample": {
    summary: "generate text, sound or music with a trained model",
    load: async () => (await import("./commands/sequenceSample.ts")).command,
  },
  "sequence eval": {
    summary: "measure how well a model predicts validation data",
    load: async () => (await import("./commands/sequenceEval.ts")).command,
  },
  "sequence classify": {
    summary: "train a sequence classifier: nested lists, texts or pixels",
    load: async () => (await import("./commands/sequenceClassify.ts")).command,
  },
  "sequence compare": {
    summary: "compare mixings: speed-up over the baseline, with significance",
    load: async () => (await import("./commands/sequenceCompare.ts")).command,
  },
  "array encode": {
    summary: "compress a volume, a sound or another array, with a maximal error",
    load: async () => (await import("./commands/arrayEncode.ts")).command,
  },
  "array decode": {
    summary: "decompress an array, or a coarse version of it",
    load: async () => (await import("./commands/arrayDecode.ts")).command,
  },
  "array info": {
    summary: "tell what a compressed array says of itself",
    load: async () => (await import("./commands/arrayInfo.ts")).command,
  },
  "field fit": {
    summary: "fit a continuous function to a picture, a sound or an array",
    load: async () => (await import("./commands/fieldFit.ts")).command,
  },
  "field render": {
    summary: "render a field at any zoom",
    load: async () => (await import("./commands/fieldRender.ts")).command,
  },
  "field compare": {
    summary: "compare field models at equal parameter counts: PSNR and time, with significance",
    load: async () => (await import("./commands/fieldCompare.ts")).command,
  },
  "field maxima": {
    summary: "draw the singularities (edges, jumps) of a picture or a sound",
    load: async () => (await import("./commands/fieldMaxima.ts")).command,
  },
  "wavelet cwt": {
    summary: "draw the scalogram of a sound: what it holds at each time and frequency",
    load: async () => (await import("./commands/waveletCwt.ts")).command,
  },
  "wavelet coherence": {
    summary: "draw where two signals go together, over time and frequency",
    load: async () => (await import("./commands/waveletCoherence.ts")).command,
  },
  "wavelet dwt": {
    summary: "draw or write the wavelet coefficients of a sound, a picture or an array",
    load: async () => (await import("./commands/waveletDwt.ts")).command,
  },
  "wavelet denoise": {
    summary: "remove noise from a sound, a picture or an array",
    load: async () => (await import("./commands/waveletDenoise.ts")).command,
  },
  "wavelet packets": {
    summary: "draw the wavelet packets of a signal and its best basis",
    load: async () => (await import("./commands/waveletPackets.ts")).command,
  },
  "wavelet info": {
    summary: "tell what a wavelet is, or list all wavelets",
    load: async () => (await import("./commands/waveletInfo.ts")).command,
  },
  runs: {
    summary: "list the runs in a folder: kind, size, steps and score",
    load: async () => (await import("./commands/runs.ts")).command,
  },
  export: {
    summary: "write a trained model as an ONNX file for other programs",
    load: async () => (await import("./commands/export.ts")).command,
  },
  merge: {
    summary: "put shards of a work together that were computed with --shard",
    load: async (): Promise<Command> => (await import("./commands/merge.ts")).mergeOf(commands),
  },
  devices: {
    summary: "list what can compute here: processor and graphics cards, with their speed",
    load: async () => (await import("./commands/devices.ts")).command,
  },
  studio: {
    summary: "serve the studio in a browser: runs with live curves, and all its pages",
    load: async (): Promise<Command> => (await import("./commands/studio.ts")).studioOf(commands),
  },
  "bench-network": {
    summary: "measure latency and bandwidth between processes of mpiexec",
    load: async () => (await import("./commands/benchNetwork.ts")).command,
  },
  plan: {
    summary: "predict the steps of a training on many machines",
    load: async () => (await import("./commands/plan.ts")).command,
  },
  "data list": {
    summary: "list the public data sets that can be fetched",
    load: async () => (await import("./commands/dataList.ts")).command,
  },
  "data get": {
    summary: "fetch public data sets",
    load: async () => (await import("./commands/dataGet.ts")).command,
  },
  "data emoji": {
    summary: "make a set of color pictures with captions from the emoji sets on npm",
    load: async () => (await import("./commands/dataEmoji.ts")).command,
  },
  push: {
    summary: "upload a run to the Hugging Face hub, with a model card",
    load: async () => (await import("./commands/hubPush.ts")).command,
  },
  pull: {
    summary: "download a run from the Hugging Face hub",
    load: async () => (await import("./commands/hubPull.ts")).command,
  },
  demo: {
    summary: "train on printed digits for two minutes and generate new ones",
    load: async () => (await import("./commands/demo.ts")).command,
  },
  completion: {
    summary: "print a script that completes commands in bash, zsh or fish",
    load: async (): Promise<Command> =>
      (await import("./commands/completion.ts")).completionOf(commands, topics),
  },
} as const satisfies CommandTable;
