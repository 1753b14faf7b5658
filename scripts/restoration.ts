/**
 * Trains the nets by which a decoder restores coefficients, on pictures that the codec itself has coded, and measures what they gain.
 *
 *   npm run restoration -- ../shared/data/kodak --validate both
 *   npm run restoration -- ../shared/data/kodak --out src/image/compression/restoration/weights.ts
 *   npm run restoration -- ../shared/data/kodak --measure
 */
import { readPictures } from "../bench/codec/pictures.ts";
import { defineCommand } from "../src/cli/parser/command.ts";
import { oneThreadOption, seedOption } from "../src/cli/shared/commonOptions.ts";
import { createRandom, writeFileAtomically } from "../src/data/index.ts";
import { pictureOf } from "../src/image/compression/codePicture.ts";
import { restore } from "../src/image/compression/restoration/restore.ts";
import type { RestorationNets } from "../src/image/compression/restoration/rowSums.ts";
import { diagonalWeights, straightWeights } from "../src/image/compression/restoration/weights.ts";
import { rasterPsnr } from "../src/image/psnr.ts";
import { type CodedExample, codedExamples } from "./restoration/codedPictures.ts";
import { gatherSamples, type SamplesByNet } from "./restoration/samples.ts";
import { trainNet } from "./restoration/trainNet.ts";
import { weightsText } from "./restoration/weightsText.ts";
import { runScript } from "./runScript.ts";

/** Hidden units. */
const units = { straight: 24, diagonal: 8 } as const;

/** A picture at all rates: its code, and samples of it. */
interface Example {
  readonly name: string;
  /** Without coefficients, which take most of the memory. */
  readonly coded: readonly Omit<CodedExample, "coefficients">[];
  readonly samples: readonly SamplesByNet[];
}

const command = defineCommand({
  positionals: { folder: "pictures to be coded, such as those of Kodak as PNG files" },
  options: {
    out: {
      type: "string",
      short: "o",
      placeholder: "FILE",
      help: "weights of nets trained on all",
    },
    validate: {
      type: "choice",
      choices: ["both", "odd", "even"],
      help: "train on the pictures of odd or even number alone, and measure on the others",
    },
    measure: { type: "boolean", help: "measure the nets that the decoder has, on all pictures" },
    rates: { type: "string", default: "0.25,0.5,1", help: "bits per pixel, about" },
    first: { type: "integer", min: 2, default: 1000, help: "pictures, at most" },
    steps: {
      type: "integer",
      min: 1,
      default: 240_000,
      help: "of the larger net; a third of the smaller",
    },
    batch: { type: "integer", min: 1, default: 256, help: "coefficients of a step" },
    rate: { type: "number", min: 0, default: 2e-3, help: "highest learning rate" },
    seed: seedOption,
    threads: oneThreadOption,
  },
  examples: ["scripts/restoration.ts ../shared/data/kodak --validate both"],
  async run({ folder, out, validate, measure, rates, first, ...training }, io) {
    const wanted = rates.split(",").map(Number);
    const pictures = await readPictures(folder, first, 3);
    const coding = io.progress({ label: "coding", unit: "pictures", total: pictures.length });
    const examples: Example[] = [];
    for (const [i, { name, raster }] of pictures.entries()) {
      const random = createRandom(training.seed).fork(name);
      const coded = codedExamples(raster, wanted);
      examples.push({
        name,
        samples: out || validate ? coded.map((one, k) => gatherSamples(one, random.fork(k))) : [],
        coded: coded.map(({ coefficients, ...rest }) => rest),
      });
      coding.update(i + 1);
    }
    coding.finish();

    const trained = async (chosen: readonly Example[], label: string): Promise<RestorationNets> => {
      const samples = chosen.flatMap((example) => example.samples);
      const netOf = (net: "straight" | "diagonal") => {
        const own = samples.map((each) => each[net]);
        const size = own.reduce((sum, { size }) => sum + size, 0);
        io.log(`${label}, ${net}: ${size} coefficients of ${chosen.length} pictures`);
        const steps = net === "straight" ? training.steps : Math.ceil(training.steps / 3);
        const progress = io.progress({ label: net, unit: "steps", total: steps });
        const report = (step: number, loss: number) =>
          progress.update(step, `loss ${loss.toFixed(5)}`);
        const shape = { hidden: units[net], isDiagonal: net === "diagonal" };
        return trainNet(own, { ...training, ...shape, steps, report }).finally(() =>
          progress.finish(),
        );
      };
      return { straight: await netOf("straight"), diagonal: await netOf("diagonal") };
    };
    const scored = (which: string, chosen: readonly Example[], nets: RestorationNets): Gain[] =>
      chosen.flatMap((example) => {
        const own = gainsOf(which, example, nets);
        const texts = own.map(
          ({ rate, plain, restored }) =>
            `${rate.toFixed(2)} bpp ${plain.toFixed(2)} → ${restored.toFixed(2)} dB`,
        );
        io.print(`${example.name}: ${texts.join(", ")}`);
        return own;
      });
    const rows: Gain[] = [];
    const summarize = (which: string, own: readonly Gain[]) => {
      rows.push(...own);
      for (const [k, rate] of wanted.entries()) {
        const gains = own.filter((row) => row.index === k).map((row) => row.restored - row.plain);
        const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
        const least = Math.min(...gains);
        io.print(
          `${which}, about ${rate} bpp: mean gain ${mean.toFixed(3)} dB, least ${least.toFixed(3)} dB`,
        );
      }
    };
    if (measure) {
      const nets = { straight: straightWeights, diagonal: diagonalWeights };
      const which = "the decoder's nets";
      summarize(which, scored(which, examples, nets));
    }
    if (validate) {
      const which = "pictures not trained on";
      const own: Gain[] = [];
      for (const part of validate === "both" ? (["odd", "even"] as const) : [validate]) {
        const isIn = (i: number) => (i % 2 === 0) === (part === "odd"); // the first is number 1
        const nets = await trained(
          examples.filter((_, i) => isIn(i)),
          part,
        );
        const others = examples.filter((_, i) => !isIn(i));
        own.push(...scored(which, others, nets));
      }
      summarize(which, own);
    }
    if (out !== undefined) {
      const nets = await trained(examples, "all");
      const { steps, batch, rate, seed } = training;
      const origin =
        `${examples[0]?.name} … ${examples.at(-1)?.name}, --rates ${rates} --steps ${steps} ` +
        `--batch ${batch} --rate ${rate} --seed ${seed}`;
      await writeFileAtomically(out, weightsText(nets, origin));
      io.print(out);
      const which = "pictures trained on";
      summarize(which, scored(which, examples, nets));
    }
    return { rows };
  },
});

/** PSNR in dB of a picture without and with restoration. */
type Gain = {
  /** What the nets know of the picture. */
  readonly which: string;
  readonly name: string;
  readonly index: number;
  readonly rate: number;
  readonly plain: number;
  readonly restored: number;
};

const gainsOf = (which: string, { name, coded }: Example, nets: RestorationNets): Gain[] =>
  coded.map(({ raster, head, plan, known, rate }, index) => ({
    ...{ which, name, index, rate },
    plain: rasterPsnr(
      raster,
      pictureOf(head, plan, known, (values) => values),
    ),
    restored: rasterPsnr(
      raster,
      pictureOf(head, plan, known, (values, ofChannel, own) =>
        restore(values, ofChannel, own, nets),
      ),
    ),
  }));

await runScript("scripts/restoration.ts", "train the nets that restore coefficients", command);
