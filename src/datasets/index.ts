/** Public data sets: what there is, and how it comes to this machine. */
export type { Arrange, ArrangeOptions, Dataset, DatasetFile } from "./dataset.ts";
export { type Downloaded, type DownloadOptions, download, type RemoteFile } from "./download.ts";
export { type EmojiOptions, type MadeEmojiSet, makeEmoji } from "./emoji/makeEmoji.ts";
export { type EmojiSetName, emojiSetNames } from "./emoji/sets.ts";
export {
  type DatasetProgress,
  type FetchedDataset,
  type FetchedFile,
  type GetDatasetOptions,
  getDataset,
} from "./getDataset.ts";
export { type DatasetName, datasetNames, datasets } from "./known.ts";
