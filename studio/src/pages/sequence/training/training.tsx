import { useMemo } from "preact/hooks";
import { Chart } from "../../../shared/chart.tsx";
import { Button, Buttons, Choice, Slider, Switch } from "../../../shared/controls.tsx";
import { Facts, Failure, Figure, Workbench } from "../../../shared/figure.tsx";
import { mixingTitles } from "../mixings.ts";
import { headWidth } from "../settings.ts";
import { TextChoice } from "../text/textInput.tsx";
import type { Settings } from "../usePage.ts";
import { aligned, lastValidation, saved } from "./aligned.ts";
import { Sample } from "./sample.tsx";
import type { LearnerView } from "./useLearner.ts";

/** Two models with different mixings learn the same text from the same seed. */
export function Training({
  settings,
  set,
  text,
  own,
  setOwn,
  left,
  right,
}: {
  readonly settings: Settings;
  readonly set: (change: Partial<Settings>) => void;
  readonly text: string;
  readonly own: string;
  readonly setOwn: (text: string) => void;
  readonly left: LearnerView;
  readonly right: LearnerView;
}) {
  const { axis, steps } = settings;
  const models = [left, right] as const;
  const names =
    settings.left === settings.right
      ? [`${settings.left} (left)`, `${settings.right} (right)`]
      : [settings.left, settings.right];
  const isTraining = models.some(({ phase }) => phase === "training");
  const isOpening = models.some(({ phase }) => phase === "opening");
  const isDone = models.every(({ phase }) => phase === "finished");
  const hasBegun = models.some(({ progress }) => progress.step > 0);
  const play = () => {
    for (const model of models) if (model.phase === "ready") model.play();
  };
  const pause = () => {
    for (const model of models) model.pause();
  };

  const chart = useMemo(() => {
    const curves = [left, right].flatMap(({ points }) => [
      { points, loss: "validationNats" as const },
      ...(settings.trainingLoss ? [{ points, loss: "nats" as const }] : []),
    ]);
    return aligned(curves, axis);
  }, [left.points, right.points, settings.trainingLoss, axis]);
  const each = settings.trainingLoss ? 2 : 1;
  const lines = names.flatMap((name, i) => {
    const color = i === 0 ? ("--line-2" as const) : ("--line-1" as const);
    const [valid, trained] = chart.values.slice(i * each, (i + 1) * each);
    return [
      { label: `${name}, validation`, values: valid ?? [], color, width: 2.4 },
      ...(trained ? [{ label: `${name}, training`, values: trained, color, width: 0.8 }] : []),
    ];
  });

  return (
    <Workbench
      stageFirst
      controls={
        <>
          <TextChoice
            choice={settings.text}
            text={text}
            own={own}
            choose={(value) => set({ text: value })}
            setOwn={setOwn}
          />
          <fieldset class="group">
            <legend>Two models</legend>
            <Choice
              label="Left mixing"
              value={settings.left}
              choices={mixingTitles}
              change={(value) => set({ left: value })}
            />
            <Choice
              label="Right mixing"
              value={settings.right}
              choices={mixingTitles}
              change={(value) => set({ right: value })}
            />
            <Choice
              label="Layers"
              value={settings.layers}
              choices={{ 2: "2", 3: "3", 4: "4", 6: "6", 8: "8" }}
              change={(value) => set({ layers: value })}
            />
            <Choice
              label="Channels"
              value={settings.width}
              choices={{ 32: "32", 64: "64", 96: "96", 128: "128" }}
              change={(value) => set({ width: value })}
            />
            <Choice
              label="Context, in characters"
              value={settings.context}
              choices={{ 32: "32", 64: "64", 128: "128" }}
              change={(value) => set({ context: value })}
            />
            <Choice
              label="Windows of a batch"
              value={settings.batch}
              choices={{ 4: "4", 8: "8", 16: "16" }}
              change={(value) => set({ batch: value })}
            />
            <Slider
              label="Learning rate"
              value={Math.log10(settings.rate)}
              min={-3}
              max={Math.log10(0.05)}
              step={0.05}
              shown={`${settings.rate}`}
              change={(value) => set({ rate: Number((10 ** value).toPrecision(2)) })}
            />
            <Slider
              label="Steps"
              value={steps}
              min={100}
              max={5000}
              step={100}
              change={(value) => set({ steps: value })}
            />
            <Slider
              label="Seed"
              value={settings.seed}
              min={1}
              max={20}
              change={(value) => set({ seed: value })}
            />
            <p class="hint">
              Heads of {headWidth} channels. Both begin from the same seed and see the same batches,
              each in a thread of its own. A longer plan goes on from where the learning rate began
              to fall.
            </p>
          </fieldset>
        </>
      }
    >
      <Figure
        title="Two models learn the same text"
        wide
        busy={isOpening}
        note={`Nats per character; lower is better. Seconds are of training steps alone, without validation and samples. ${
          models.every(({ isKept }) => isKept)
            ? "A reload goes on where it was left."
            : "This browser keeps nothing here: the trainings are gone with the page."
        }`}
      >
        <div class="training-buttons">
          <Buttons>
            {isTraining ? (
              <Button main action={pause}>
                Pause
              </Button>
            ) : (
              <Button main disabled={isOpening || isDone} action={play}>
                {isDone ? "Done" : hasBegun ? "Go on" : "Play"}
              </Button>
            )}
            <Button
              disabled={isOpening || !hasBegun}
              action={() => {
                for (const model of models) model.reset();
              }}
            >
              Reset
            </Button>
          </Buttons>
          <fieldset class="axis" aria-label="Axis">
            {(["step", "seconds"] as const).map((value) => (
              <Button key={value} pressed={axis === value} action={() => set({ axis: value })}>
                {value === "step" ? "by step" : "by second"}
              </Button>
            ))}
          </fieldset>
          <Switch
            label="Training loss"
            value={settings.trainingLoss}
            change={(value) => set({ trainingLoss: value })}
          />
        </div>
        {models.map(
          ({ error }, i) =>
            error !== undefined && <Failure key={names[i]} message={`${names[i]}: ${error}`} />,
        )}
        <Chart
          label={`Loss of ${names.join(" and ")} by ${axis}`}
          x={chart.x}
          xLabel={axis === "step" ? "step" : "seconds"}
          yLabel="nats per character"
          lines={lines}
          height={300}
        />
        <div class="models">
          {models.map((model, i) => (
            <ModelFacts
              key={i === 0 ? "left" : "right"}
              name={names[i] ?? ""}
              model={model}
              steps={steps}
            />
          ))}
        </div>
        <p class="verdict" aria-live="polite">
          {verdict(names, left, right, axis)}
        </p>
      </Figure>
      {models.map((model, i) => (
        <Sample
          key={i === 0 ? "left" : "right"}
          side={i === 0 ? "left" : "right"}
          name={names[i] ?? ""}
          mixing={i === 0 ? settings.left : settings.right}
          model={model}
          settings={settings}
          set={set}
        />
      ))}
    </Workbench>
  );
}

function ModelFacts({
  name,
  model,
  steps,
}: {
  readonly name: string;
  readonly model: LearnerView;
  readonly steps: number;
}) {
  const { progress, parameters, points } = model;
  const valid = lastValidation(points);
  return (
    <div class="model">
      <strong>{name}</strong>
      <progress aria-label={`Progress of ${name}`} max={steps} value={progress.step} />
      <Facts
        facts={{
          Step: `${progress.step} of ${steps}`,
          Seconds: progress.seconds.toFixed(1),
          "Per step":
            progress.step > 0
              ? `${((1000 * progress.seconds) / progress.step).toFixed(0)} ms`
              : "–",
          Validation: valid === undefined ? "–" : `${valid.toFixed(3)} nats`,
          Parameters: parameters.toLocaleString("en"),
        }}
      />
    </div>
  );
}

/** Which of the two is ahead, in a sentence; empty before that is known. */
function verdict(
  names: readonly string[],
  left: LearnerView,
  right: LearnerView,
  axis: Settings["axis"],
): string {
  const what = axis === "step" ? "steps" : "seconds";
  const tell = (fast: string | undefined, slow: string | undefined, share: number | undefined) =>
    share !== undefined && share > 0.01
      ? `${fast} reached the best validation of ${slow} in ${Math.round(100 * share)} % fewer ${what}.`
      : "";
  return (
    tell(names[1], names[0], saved(left.points, right.points, axis)) ||
    tell(names[0], names[1], saved(right.points, left.points, axis))
  );
}
