const letters = [..."abcdelnprg!"];
const merges = [
  ["r", "e"],
  ["re", "d</w>"],
  ["a", "p"],
  ["g", "re"],
] as const;

/** The tokens by their numbers. */
const vocabulary = [
  ...letters,
  ...letters.map((letter) => `${letter}</w>`),
  ...merges.map((pair) => pair.join("")),
  ...["<start>", "<end>"],
];
const idOf = (token: string) => vocabulary.indexOf(token);

/** A tokenizer of a few letters in the layout of CLIP's `tokenizer.json`. */
export const tinyClipTokenizer = {
  vocabulary,
  json: {
    version: "1.0",
    added_tokens: ["<start>", "<end>"].map((content) => ({
      ...{ id: idOf(content), content, special: true },
      ...{ single_word: false, lstrip: false, rstrip: false, normalized: false },
    })),
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "NFC" },
        { type: "Replace", pattern: { Regex: "\\s+" }, content: " " },
        { type: "Lowercase" },
      ],
    },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        {
          type: "Split",
          pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
          ...{ behavior: "Removed", invert: true },
        },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true },
      ],
    },
    post_processor: {
      type: "RobertaProcessing",
      ...{ sep: ["<end>", idOf("<end>")], cls: ["<start>", idOf("<start>")] },
      ...{ trim_offsets: false, add_prefix_space: false },
    },
    decoder: null,
    model: {
      type: "BPE",
      ...{ dropout: null, unk_token: "<end>", continuing_subword_prefix: "" },
      ...{ end_of_word_suffix: "</w>", fuse_unk: false },
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
      merges: merges.map((pair) => pair.join(" ")),
    },
  },
};
