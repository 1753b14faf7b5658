import type { Remote } from "comlink";
import { useEffect, useState } from "preact/hooks";
import { Chart } from "../../../shared/chart.tsx";
import { Button, Buttons, Choice, Slider } from "../../../shared/controls.tsx";
import { download, zipped } from "../../../shared/download.ts";
import { Facts, Failure, Figure, Waiting, Workbench } from "../../../shared/figure.tsx";
import { FileButton } from "../../../shared/fileButton.tsx";
import { messageOf } from "../../../shared/latest.ts";
import { Samples } from "../../../shared/pictures/samples.tsx";
import type { GenerateState, SetGenerate } from "../fields.ts";
import type { OwnFile } from "./ownImages.ts";
import { columnsOf } from "./points.ts";
import type { Status, TrainWorker } from "./worker.ts";

const networks = { 32: "32, tiny", 64: "64, small", 96: "96", 128: "128, as shipped" } as const;
const sides = { 16: "16×16", 28: "28×28", 32: "32×32" } as const;
const colors = { gray: "Gray", ycbcr: "Color" } as const;

const fileNames = {
  weights: "ondelette-weights.safetensors",
  run: "ondelette-run.zip",
  onnx: "ondelette-model.onnx",
} as const;

/** Trains a model of pictures in this browser. */
export function TrainView({
  state,
  set,
  trainer,
  status,
  drawFrom,
}: {
  readonly state: GenerateState;
  readonly set: SetGenerate;
  readonly trainer: Remote<TrainWorker>;
  readonly status: Status | undefined;
  /** Goes on to draw with the model. */
  readonly drawFrom: () => void;
}) {
  const [own, setOwn] = useState<readonly OwnFile[]>();
  const [error, setError] = useState<string>();
  useDroppedFiles(setOwn);
  if (!status) return <Waiting what="Looking for a training of yours" />;

  const { phase, step, steps = state.steps, points, samples } = status;
  const busy = phase === "training" || phase === "preparing";
  const isNew = phase === "empty";
  const guard = (work: Promise<unknown>) =>
    void work.then(
      () => setError(undefined),
      (reason) => setError(messageOf(reason)),
    );
  const play = () => {
    if (busy) return guard(trainer.pause());
    if (phase === "paused") return guard(trainer.resume());
    if (phase === "done") return guard(trainer.resume(2 * steps));
    const side = Number(state.side);
    const form = { width: side, height: side, color: state.color };
    guard(
      trainer.start(
        { width: Number(state.network), steps: state.steps, seed: state.seed },
        own && { files: own, form },
      ),
    );
  };
  const save = async (kind: keyof typeof fileNames) =>
    download(
      fileNames[kind],
      kind === "run" ? zipped("run", await trainer.folder()) : await trainer.file(kind),
    );
  const columns = columnsOf(points);
  const kept = step > 0;
  return (
    <Workbench
      stageFirst
      controls={
        <>
          <fieldset class="group">
            <legend>Pictures</legend>
            <p class="hint">
              {own
                ? `${own.length} files of yours; each folder is a class.`
                : "4,000 printed digits come with the page. Or take your own: a folder for each class, or any number of files."}
            </p>
            <Buttons>
              <FileButton
                label="Pictures …"
                accept="image/*"
                multiple
                disabled={!isNew}
                take={(files) => setOwn(files.map((file) => ({ file, path: file.name })))}
              />
              <FileButton
                label="Folder …"
                accept="image/*"
                folder
                disabled={!isNew}
                take={(files) =>
                  setOwn(
                    files.map((file) => ({ file, path: file.webkitRelativePath || file.name })),
                  )
                }
              />
              {own && isNew && <Button action={() => setOwn(undefined)}>The digits</Button>}
            </Buttons>
            {own && (
              <>
                <Choice
                  label="Size"
                  value={state.side}
                  choices={sides}
                  disabled={!isNew}
                  change={(side) => set({ side })}
                />
                <Choice
                  label="Channels"
                  value={state.color}
                  choices={colors}
                  disabled={!isNew}
                  change={(color) => set({ color })}
                />
              </>
            )}
          </fieldset>
          <fieldset class="group">
            <legend>Training</legend>
            <Choice
              label="Width of the network"
              value={state.network}
              choices={networks}
              disabled={!isNew}
              change={(network) => set({ network })}
            />
            <Slider
              label="Steps"
              value={state.steps}
              min={100}
              max={6000}
              step={100}
              shown={state.steps.toLocaleString("en")}
              disabled={!isNew}
              change={(steps) => set({ steps })}
            />
            <Slider
              label="Seed"
              value={state.seed}
              min={0}
              max={999}
              disabled={!isNew}
              change={(seed) => set({ seed })}
            />
          </fieldset>
          <fieldset class="group">
            <legend>Take it with you</legend>
            <Buttons>
              <Button disabled={!kept} action={() => guard(save("weights"))}>
                Weights
              </Button>
              <Button disabled={!kept} action={() => guard(save("onnx"))}>
                ONNX
              </Button>
              <Button disabled={!kept} action={() => guard(save("run"))}>
                Run folder
              </Button>
            </Buttons>
            <p class="hint">
              The run folder is what the command line reads:{" "}
              <code>ondelette image sample --run run</code>
            </p>
          </fieldset>
        </>
      }
    >
      <Figure
        wide
        title="Training"
        busy={phase === "preparing"}
        note={
          phase === "done"
            ? "Done. A longer plan goes on from where the learning rate of this one began to fall."
            : status?.isKept === false
              ? "It goes on in the background. This browser keeps nothing here: the training is gone with the page."
              : "It goes on in the background, and is kept in this browser: after a reload it continues at the step that was kept last."
        }
      >
        <div class="bar">
          <Buttons>
            <Button main action={play}>
              {busy
                ? "Pause"
                : phase === "paused"
                  ? "Go on"
                  : phase === "done"
                    ? "Twice as long"
                    : "Train"}
            </Button>
            <Button disabled={isNew} action={() => guard(trainer.reset())}>
              Reset
            </Button>
            <Button disabled={!kept || busy} action={drawFrom}>
              Draw with it
            </Button>
          </Buttons>
          <Facts facts={factsOf(status)} />
        </div>
        {phase === "preparing" && status.waiting !== undefined && <Waiting what={status.waiting} />}
        {(error ?? status.error) && <Failure message={error ?? status.error ?? ""} />}
        <progress class="progress" max={steps} value={step} aria-label="Steps done" />
        {points.length > 1 && (
          <Chart
            label="Bits per image over steps, of training and held-out images"
            x={columns.steps}
            xLabel="step"
            yLabel="bits per image"
            lines={[
              { label: "training", values: columns.bits },
              { label: "held out", values: columns.heldOut },
              ...(status.baseline === undefined
                ? []
                : [
                    {
                      label: "coder without a network",
                      values: columns.steps.map(() => status.baseline ?? null),
                      dashed: true,
                    },
                  ]),
            ]}
            {...rangeOf(status)}
            height={260}
          />
        )}
      </Figure>
      {samples.length > 0 && (
        <Figure wide title={`Drawn after ${status.sampledAt?.toLocaleString("en")} steps`}>
          <Samples rasters={samples} label={`Samples after ${status.sampledAt} steps`} />
        </Figure>
      )}
    </Workbench>
  );
}

/** What the chart shows: once a training is below the coder without a network, no longer the first steps far above. */
function rangeOf({ points, bits, baseline }: Status) {
  if (baseline === undefined || bits === undefined || !(bits < baseline)) return {};
  const all = points.flatMap(({ bits, heldOut }) => [bits ?? baseline, heldOut ?? baseline]);
  return { range: [Math.floor(Math.min(...all) / 50) * 50, 1.1 * baseline] as const };
}

/** A training in numbers. */
function factsOf({
  phase,
  step,
  steps,
  seconds,
  bits,
  heldOut,
  baseline,
  parameters,
  loss,
}: Status) {
  const number = (value: number | undefined, digits = 1) =>
    value === undefined || Number.isNaN(value) ? "…" : value.toFixed(digits);
  if (phase === "empty") return {};
  return {
    Step: `${step.toLocaleString("en")}${steps === undefined ? "" : ` of ${steps.toLocaleString("en")}`}`,
    "Bits per image": number(bits),
    "Held out": number(heldOut),
    ...(baseline !== undefined && { "Without a network": number(baseline) }),
    Loss: number(loss, 6),
    Time: `${seconds.toFixed(0)} s`,
    ...(seconds > 1 && { "Steps per second": (step / seconds).toFixed(1) }),
    ...(parameters !== undefined && { Weights: parameters.toLocaleString("en") }),
  };
}

/** Many files, or folders, dropped anywhere on the page. */
function useDroppedFiles(take: (files: readonly OwnFile[]) => void): void {
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    document.addEventListener("dragover", (event) => event.preventDefault(), { signal });
    document.addEventListener(
      "drop",
      (event) => {
        event.preventDefault();
        const entries = [...(event.dataTransfer?.items ?? [])].flatMap(
          (item) => item.webkitGetAsEntry() ?? [],
        );
        void Promise.all(entries.map((entry) => filesIn(entry, ""))).then((files) => {
          if (files.flat().length > 0) take(files.flat());
        });
      },
      { signal },
    );
    return () => abort.abort();
  }, [take]);
}

/** All files of a dropped entry. */
async function filesIn(entry: FileSystemEntry, folder: string): Promise<readonly OwnFile[]> {
  const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ file, path }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: OwnFile[] = [];
  // A reader tells its entries in parts, and none at the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) return found;
    found.push(...(await Promise.all(part.map((inner) => filesIn(inner, path)))).flat());
  }
}
