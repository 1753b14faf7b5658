/** Another codec: two programs of a Debian package. */
export interface Rival {
  readonly name: string;
  /** Debian's package. */
  readonly package: string;
  readonly encoder: string;
  readonly decoder: string;
  /** The encoder's option that tells its version. */
  readonly versionWord: string;
  /** The picture's format that the encoder reads and the decoder writes. */
  readonly format: "pnm" | "png";
  /** Of the files. */
  readonly ending: string;
  /** Several ways of encoding, by name: for each picture and budget the best one counts. */
  readonly ways: Readonly<Record<string, Way>>;
  /** Steps of the scale of quality, the smallest file first. */
  readonly steps: number;
  encode(job: EncodeJob): readonly string[];
  decode(job: DecodeJob): readonly string[];
  /** Whether one file of many bytes is made and cut at each budget. */
  readonly prefix?: boolean;
}

interface Way {
  readonly args: readonly string[];
  /** Has no meaning for a gray picture. */
  readonly colorOnly?: boolean;
}

interface EncodeJob {
  readonly input: string;
  readonly file: string;
  readonly step: number;
  readonly way: readonly string[];
  readonly channels: 1 | 3;
}

interface DecodeJob {
  readonly file: string;
  /** What the file holds. */
  readonly bytes: Uint8Array;
  readonly output: string;
  readonly channels: 1 | 3;
}

/** What most decoders need to know. */
export type Paths = Pick<DecodeJob, "file" | "output">;
