import { useState } from "preact/hooks";
import { Button, Buttons, Slider, TextInput } from "../../../shared/controls.tsx";
import { download, zipped } from "../../../shared/download.ts";
import { Failure, Figure } from "../../../shared/figure.tsx";
import { messageOf, useLatest } from "../../../shared/latest.ts";
import type { Settings } from "../usePage.ts";
import type { LearnerView } from "./useLearner.ts";

/** Characters that a sample adds to its prompt. */
const sampleLength = 240;

/** What a model writes now: drawn anew after every validation, and when the prompt is another. */
export function Sample({
  side,
  name,
  mixing,
  model,
  settings,
  set,
}: {
  readonly side: "left" | "right";
  readonly name: string;
  readonly mixing: string;
  readonly model: LearnerView;
  readonly settings: Settings;
  readonly set: (change: Partial<Settings>) => void;
}) {
  const { remote, points, phase, progress } = model;
  const { prompt, temperature, drawn: seed } = settings;
  const validated =
    points.findLast(({ validationNats }) => validationNats !== undefined)?.step ?? 0;
  const isLearned = phase !== "opening" && validated > 0;
  const at = phase === "training" ? validated : progress.step;
  const drawn = useLatest(
    () =>
      isLearned && remote
        ? remote
            .sample({ prompt, temperature, seed, length: sampleLength })
            .then((written) => ({ ...written, at }))
        : undefined,
    [remote, isLearned, at, prompt, temperature, seed],
  );
  const [error, setError] = useState<string>();
  const save = async () => {
    const files = await remote?.files();
    if (files) download(`${mixing}.zip`, zipped(mixing, files));
  };
  const shown = isLearned ? drawn.value : undefined;
  return (
    <Figure
      title={`${name} writes`}
      busy={drawn.busy}
      note={shown ? `After ${shown.at} steps.` : "It writes after its first steps."}
    >
      {drawn.error && <Failure message={drawn.error} />}
      <div class="written" data-side={side}>
        {shown ? (
          <>
            <b>{shown.prompt}</b>
            {shown.text}
          </>
        ) : (
          <span class="hint">…</span>
        )}
      </div>
      {side === "left" && (
        <div class="sampling">
          <TextInput
            label="Prompt"
            value={prompt}
            change={(value) => set({ prompt: value.slice(0, 120) })}
          />
          <Slider
            label="Temperature"
            value={temperature}
            min={0}
            max={1.5}
            step={0.05}
            change={(value) => set({ temperature: value })}
          />
        </div>
      )}
      <Buttons>
        {side === "left" && (
          <Button disabled={!isLearned} action={() => set({ drawn: seed + 1 })}>
            Again
          </Button>
        )}
        <Button
          disabled={progress.step === 0 || phase === "opening"}
          action={() => void save().catch((reason) => setError(messageOf(reason)))}
        >
          Download the run
        </Button>
      </Buttons>
      {error !== undefined && <Failure message={error} />}
      {side === "right" && (
        <p class="hint">
          The archive holds the configuration, metrics and weights; unpacked, it is a run of the
          command line: <code>ondelette sequence sample --run {mixing} --out sample.txt</code>
        </p>
      )}
    </Figure>
  );
}
