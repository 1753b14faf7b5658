import type { ImageSampling } from "ondelette/image";
import { Button, Buttons, Choice, Slider } from "../../../shared/controls.tsx";
import type { GenerateState, SetGenerate } from "../fields.ts";
import type { ModelFacts } from "./worker.ts";

/** How tokens are drawn. */
export const samplingOf = ({ temperature, guidance, topP }: GenerateState): ImageSampling => ({
  temperature,
  topP,
  guidance,
});

/** Settings of drawing: which model, which class, and how likely tokens are taken. */
export function SamplingControls({
  state,
  set,
  facts,
  hasTrained,
}: {
  readonly state: GenerateState;
  readonly set: SetGenerate;
  readonly facts: ModelFacts | undefined;
  /** Whether a model was trained here. */
  readonly hasTrained: boolean;
}) {
  const { label, temperature, guidance, topP, seed, model } = state;
  const names = facts?.classNames ?? ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
  const classes: Record<string, string> = {
    "-1": "All in turn",
    ...Object.fromEntries(names.map((name, i) => [`${i}`, name])),
  };
  return (
    <>
      <fieldset class="group">
        <legend>Model</legend>
        <Choice
          label="Drawn by"
          value={model}
          choices={{ shipped: "Shipped digits", trained: "Trained here" }}
          disabled={!hasTrained && model === "shipped"}
          change={(model) => set({ model, label: -1 })}
        />
        <p class="hint">
          {facts
            ? `${facts.parameters.toLocaleString("en")} weights, ${facts.step.toLocaleString("en")} steps, ${facts.width}×${facts.height} pixels.`
            : "Loaded with the first drawing: 1 MB, and ONNX Runtime once."}
        </p>
      </fieldset>
      <fieldset class="group">
        <legend>Sampling</legend>
        {names.length > 1 && (
          <Choice
            label="Class"
            value={`${Math.min(label, names.length - 1)}`}
            choices={classes}
            change={(name) => set({ label: Number(name) })}
          />
        )}
        <Slider
          label="Temperature"
          value={temperature}
          min={0}
          max={2}
          step={0.05}
          shown={temperature.toFixed(2)}
          change={(temperature) => set({ temperature })}
        />
        <Slider
          label="Guidance"
          value={guidance}
          min={0}
          max={5}
          step={0.25}
          shown={guidance === 1 ? "none" : guidance.toFixed(2)}
          disabled={facts !== undefined && !facts.guided}
          change={(guidance) => set({ guidance })}
        />
        <Slider
          label="Top-p"
          value={topP}
          min={0.05}
          max={1}
          step={0.05}
          shown={topP === 1 ? "all tokens" : topP.toFixed(2)}
          change={(topP) => set({ topP })}
        />
        <Slider label="Seed" value={seed} min={0} max={999} change={(seed) => set({ seed })} />
        <Buttons>
          <Button action={() => set({ seed: Math.floor(Math.random() * 1000) })}>Other seed</Button>
        </Buttons>
      </fieldset>
    </>
  );
}
