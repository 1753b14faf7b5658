import { proxy, type Remote } from "comlink";
import type { Raster } from "ondelette/data";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Chart } from "../../../shared/chart.tsx";
import { Button, Buttons } from "../../../shared/controls.tsx";
import { Facts, Failure, Figure } from "../../../shared/figure.tsx";
import { messageOf, useLatest } from "../../../shared/latest.ts";
import type { Picture } from "../../../shared/pictures/pictureInput.tsx";
import { RasterCanvas } from "../../../shared/pictures/rasterCanvas.tsx";
import { useWorker } from "../../../shared/remote.ts";
import type { FitApi } from "../fitWorker.ts";
import { joinedCurves } from "./curves.ts";
import type { Learned, Learner, LearnerApi } from "./learner.ts";

const openLearner = () => new Worker(new URL("./learner.ts", import.meta.url), { type: "module" });

/** Two trainings go on at once. */
const threads = Math.max(1, Math.floor(navigator.hardwareConcurrency / 2));

const titles: Readonly<Record<Learner, string>> = { siren: "SIREN", finer: "FINER" };
const names = ["siren", "finer"] as const satisfies readonly Learner[];

interface CompareProps {
  readonly fitter: Remote<FitApi> | undefined;
  readonly picture: Picture | undefined;
  /** Of each field, as near as a whole width comes. */
  readonly parameters: number;
  readonly side: number;
  readonly minutes: number;
  readonly axis: "seconds" | "steps";
}

/** What a network has learned. */
interface Progress {
  readonly curve: readonly Omit<Learned, "raster">[];
  readonly raster?: Raster;
  /** How it ended. */
  readonly ended?: { readonly diverged: boolean };
}

const nothing: Readonly<Record<Learner, Progress>> = { siren: { curve: [] }, finer: { curve: [] } };

type State = "idle" | "training" | "paused" | "done";

/** The wavelet field, solved, beside two networks that are trained, at equal parameters and on the same points. */
export function CompareTab({ fitter, picture, parameters, side, minutes, axis }: CompareProps) {
  const workers: Readonly<Record<Learner, Remote<LearnerApi> | undefined>> = {
    siren: useWorker<LearnerApi>(openLearner),
    finer: useWorker<LearnerApi>(openLearner),
  };
  const [state, setState] = useState<State>("idle");
  const [progress, setProgress] = useState(nothing);
  const [error, setError] = useState<string>();
  const raster = picture?.raster;
  const solved = useLatest(
    () => (raster && fitter ? fitter.solveReduced(raster, { parameters, side }) : undefined),
    [fitter, raster, parameters, side],
  );

  const each = useCallback(
    async (act: (worker: Remote<LearnerApi>, name: Learner) => Promise<unknown>) => {
      await Promise.all(names.map((name) => workers[name] && act(workers[name], name)));
    },
    [workers.siren, workers.finer],
  );

  // What was learned is of other settings.
  useEffect(() => {
    setState("idle");
    setProgress(nothing);
    void each((worker) => worker.stop());
  }, [raster, parameters, side, minutes, each]);

  const start = async () => {
    if (!raster) return;
    setProgress(nothing);
    setError(undefined);
    setState("training");
    const engine = new URL("ort/", document.baseURI).href;
    let isCurrent = true;
    try {
      await each(async (worker, name) => {
        const settings = { family: name, parameters, side, minutes, threads, engine };
        const tell = proxy(({ raster, ...point }: Learned) => {
          if (!isCurrent) return;
          setProgress((all) => ({
            ...all,
            [name]: { ...all[name], raster, curve: [...all[name].curve, point] },
          }));
        });
        const ended = await worker.learn(raster, settings, tell);
        setProgress((all) => ({ ...all, [name]: { ...all[name], ended } }));
      });
      setState((now) => (now === "idle" ? now : "done"));
    } catch (reason) {
      setError(messageOf(reason));
      setState("idle");
    }
    isCurrent = false;
  };
  const pause = () => {
    setState("paused");
    void each((worker) => worker.pause());
  };
  const resume = () => {
    setState("training");
    void each((worker) => worker.resume());
  };
  const isRunning = state === "training" || state === "paused";
  const { x, values } = joinedCurves(
    names.map((name) => progress[name].curve),
    axis,
    solved.value && { from: solved.value.seconds, psnr: solved.value.psnr },
  );
  const problem = error ?? solved.error;
  return (
    <>
      {problem !== undefined && <Failure message={problem} />}
      <Figure title="PSNR of all pixels" wide>
        <div class="bar">
          <Buttons>
            {!isRunning && (
              <Button main disabled={!raster} action={() => void start()}>
                Train
              </Button>
            )}
            {state === "training" && (
              <Button main action={pause}>
                Pause
              </Button>
            )}
            {state === "paused" && (
              <Button main action={resume}>
                Go on
              </Button>
            )}
            <Button disabled={!isRunning} action={() => void each((worker) => worker.stop())}>
              Stop
            </Button>
          </Buttons>
          <p class="note">
            {solved.value &&
              `${solved.value.width} × ${solved.value.height} pixels in color; ${threads === 1 ? "one thread" : `${threads} threads`} for each network. Seconds are of its training steps alone.`}
          </p>
        </div>
        <Chart
          label="PSNR of the wavelet field, SIREN and FINER as they learn"
          x={x}
          xLabel={axis === "seconds" ? "seconds" : "steps"}
          yLabel="PSNR, dB"
          height={240}
          lines={[
            ...names.map((name, i) => ({ label: titles[name], values: values[i] ?? [] })),
            { label: "Wavelet field", values: values[2] ?? [], dashed: true },
          ]}
        />
      </Figure>
      <div class="trio">
        <Figure title="Wavelet field" busy={solved.busy}>
          <div class="learner">
            <RasterCanvas raster={solved.value?.raster} label="The picture by the wavelet field" />
          </div>
          <Facts
            facts={{
              PSNR: solved.value ? `${solved.value.psnr.toFixed(2)} dB` : "…",
              Parameters: solved.value?.parameters.toLocaleString("en") ?? "…",
              Solved: solved.value ? `in ${solved.value.seconds.toFixed(2)} s` : "…",
            }}
          />
        </Figure>
        {names.map((name) => (
          <Learning
            key={name}
            title={titles[name]}
            isRunning={state === "training"}
            progress={progress[name]}
          />
        ))}
      </div>
    </>
  );
}

function Learning({
  title,
  isRunning,
  progress: { curve, raster, ended },
}: {
  readonly title: string;
  readonly isRunning: boolean;
  readonly progress: Progress;
}) {
  const last = curve.at(-1);
  return (
    <Figure title={title} busy={isRunning && !ended}>
      <div class="learner">
        <RasterCanvas raster={raster} label={`The picture as ${title} has learned it so far`} />
      </div>
      <Facts
        facts={{
          PSNR: last ? `${last.psnr.toFixed(2)} dB` : isRunning ? "starting …" : "not trained",
          Parameters: last ? last.parameters.toLocaleString("en") : "…",
          Steps: last ? last.step.toLocaleString("en") : "0",
          Time: last
            ? `${last.seconds.toFixed(1)} s, ${short((1000 * last.seconds) / last.step)} ms a step`
            : "0 s",
          ...(ended?.diverged && { Ended: "diverged" }),
        }}
      />
    </Figure>
  );
}

const short = (x: number): string => `${Number(x.toPrecision(2))}`;
