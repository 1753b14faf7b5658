import { writeFile } from "node:fs/promises";
import { tinyClipTokenizer } from "../../data/text/testing.ts";
import { input, type Tensor } from "../../graph/index.ts";
import { exportOnnx } from "../../runtime/index.ts";

/** A text encoder in CLIP's layout, for {@link tinyClipTokenizer}: its vector counts each token that the mask lets through. */
export async function writeTextEncoder(
  path: string,
  options: {
    readonly length: number | "any";
    readonly input?: string;
    readonly outputs?: readonly string[];
  },
): Promise<void> {
  const { length, input: name = "input_ids", outputs = ["text_embeds"] } = options;
  const { length: vocabulary } = tinyClipTokenizer.vocabulary;
  const bytes = exportOnnx((free) => {
    const shape = length === "any" ? ([1, free] as const) : ([free, length] as const);
    const isThere: Tensor = input("attention_mask", shape, "int32")
      .cast("float32")
      .reshape([...shape, 1]);
    const counts = input(name, shape, "int32").oneHot(vocabulary).mul(isThere).sum(1);
    return { outputs: Object.fromEntries(outputs.map((output) => [output, counts])) };
  });
  await writeFile(path, bytes);
}
