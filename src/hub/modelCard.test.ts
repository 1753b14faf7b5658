import { describe, expect, it } from "vitest";
import { modelCard, type RunDescription } from "./modelCard.ts";

const run: RunDescription = {
  kind: "sequence",
  name: "bach",
  model: "haar-8",
  data: "midi",
  parameters: 1234567,
  steps: 2000,
  seconds: 300,
  ending: ".mid",
  scores: [{ name: "validation loss", value: 1.98765, unit: "nats per token", step: 2000 }],
};

describe("modelCard", () => {
  it("is front matter for the hub, facts, scores, and the commands that use the model", () => {
    expect(modelCard(run, { repo: "user/bach", license: "apache-2.0" })).toBe(`---
license: apache-2.0
library_name: ondelette
tags:
- ondelette
- wavelets
- sequence
---

<!-- Written by ondelette from config.json and metrics.jsonl. -->

# bach

A generative model of sequences, which mixes positions by wavelets or by attention, trained with ondelette, a wavelet-native machine-learning system.

|  |  |
|---|---|
| kind | sequence |
| model | haar-8 |
| data | midi |
| parameters | 1,234,567 |
| steps | 2,000 |
| training time | 5 min |
| license | apache-2.0 |

## Scores

| measure | last value | at step |
|---|---|---|
| validation loss | 1.988 nats per token | 2,000 |

## Use

\`\`\`sh
npm install ondelette @huggingface/hub
npx ondelette pull user/bach --out run
npx ondelette sequence sample --run run --length 1000 --out sample.mid
\`\`\`
`);
  });

  it("leaves out what is not known, and states no license that nobody has chosen", () => {
    const card = modelCard({ kind: "unknown", name: "x", scores: [] }, { repo: "user/x" });
    expect(card).not.toMatch(/undefined|NaN|## Scores|^license:/m);
    expect(card).toContain("| license | none stated |");
  });

  it("tells the hub what an image model is for", () => {
    const card = modelCard({ kind: "image", name: "x", scores: [] }, { repo: "user/x" });
    expect(card).toContain("pipeline_tag: unconditional-image-generation\n");
    expect(card).toContain("npx ondelette image sample --run run --out samples.png\n");
  });

  it("lets no name or license out of its place", () => {
    const name = "a|b\n<script>";
    expect(modelCard({ kind: "field", name, scores: [] }, { repo: "user/x" })).toContain(
      "# a\\|b &lt;script>\n",
    );
    expect(() => modelCard(run, { repo: "user/x", license: "mit\nevil: true" })).toThrow(
      /is not a license as the hub names them/,
    );
  });
});
