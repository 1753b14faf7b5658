import { describeTraining } from "../../train/testing.ts";
import { families } from "../families.ts";
import type { TrainedFamily } from "../family.ts";
import { buildField } from "../field.ts";
import { waves } from "../testing.ts";
import { fieldTrainable } from "./trainable.ts";

// One whose start is random, and one whose atoms start on the maxima of the signal.
for (const name of ["siren", "split"] as const) {
  const family = families[name] as TrainedFamily; // both are
  const [height = 1, width = 1] = waves.size;
  describeTraining(`the field ${name}`, async () => {
    const size = { dimensions: 2, channels: waves.channels, width: 6, grid: [height, width] };
    const field = buildField(family, size);
    return {
      config: { kind: "field", format: 2, seed: 3 },
      model: fieldTrainable(field, waves, { peak: family.rate, batch: 64 }),
    };
  });
}
