export {
  checkBytes,
  fileOverhead,
  isOfSections,
  lengthBytes,
  readSections,
  type Section,
  type SectionHead,
  sectionHead,
  sectionOverhead,
  sectionsVersion,
  writeSections,
} from "../../codec/file/sections.ts";

/** Types of sections; none ever changes its meaning. */
export const SectionType = {
  /** What a decoder has to know of a picture before its code. */
  picture: "P",
  /** The heads of the pictures of a set. */
  set: "S",
  /** The model that has coded pictures, and their sizes. */
  model: "M",
  /** Names of the pictures of a set. */
  names: "n",
  /** How opaque the picture's pixels are: a head and a code. */
  alpha: "A",
  /** Where the parts of a picture's code end: its tiles and levels. */
  table: "T",
  /** The code of the picture or the pictures before it. */
  code: "C",
  /** What a decoder has to know of an array before its code. */
  array: "N",
  /** The values of an array that has few of them. */
  values: "V",
  /** What corrects samples of an array that its code leaves too wrong. */
  corrections: "O",
  /** Head of a field, in the place of a picture's: `src/field/bytes` reads and writes it. */
  field: "F",
  /** A color profile, ICC. */
  profile: "i",
  /** What a camera noted, EXIF. */
  camera: "e",
} as const;
