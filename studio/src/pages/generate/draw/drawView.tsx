import type { Raster } from "ondelette/data";
import { useEffect, useState } from "preact/hooks";
import { Button, Buttons, Choice } from "../../../shared/controls.tsx";
import { Facts, Failure, Figure, Waiting, Workbench } from "../../../shared/figure.tsx";
import { RasterCanvas } from "../../../shared/pictures/rasterCanvas.tsx";
import { Samples } from "../../../shared/pictures/samples.tsx";
import type { GenerateState, SetGenerate } from "../fields.ts";
import { SamplingControls, samplingOf } from "./sampling.tsx";
import { type Drawer, drawingOf } from "./useDrawing.ts";

const counts = { 1: "1", 8: "8", 16: "16", 32: "32", 64: "64" } as const;

/** Draws many pictures side by side, coarse to fine, while one watches. */
export function DrawView({
  state,
  set,
  drawer,
  hasTrained,
  fillIn,
}: {
  readonly state: GenerateState;
  readonly set: SetGenerate;
  readonly drawer: Drawer;
  readonly hasTrained: boolean;
  /** Goes on with a hole in a drawing. */
  readonly fillIn: (picture: Raster, label: number) => void;
}) {
  const { facts, run, stop } = drawer;
  const drawing = drawingOf(drawer, "draw");
  const [chosen, choose] = useState<number>();
  const [strip, setStrip] = useState<Raster>();
  const { frame, busy } = drawing;
  const labelOf = (i: number) =>
    state.label >= 0 ? state.label : i % Math.max(1, facts?.classNames.length ?? 10);

  const draw = () => {
    choose(undefined);
    const { label, seed } = state;
    const asked = { label, seed, count: Number(state.count), sampling: samplingOf(state) };
    run("draw", (worker, onFrame) => worker.draw(asked, onFrame));
  };
  useEffect(() => {
    setStrip(undefined);
    if (chosen === undefined || busy) return;
    void drawer.ready().then(async (worker) => setStrip(await worker.strip(chosen)));
  }, [chosen, busy]);

  const picked = chosen === undefined ? undefined : frame?.rasters[chosen];
  return (
    <Workbench
      stageFirst
      controls={
        <>
          <SamplingControls {...{ state, set, facts, hasTrained }} />
          <fieldset class="group">
            <legend>Drawings</legend>
            <Choice
              label="How many"
              value={state.count}
              choices={counts}
              change={(count) => set({ count })}
            />
          </fieldset>
        </>
      }
    >
      <Figure
        wide
        title="Drawn coarse to fine"
        busy={busy}
        note="Every picture is a stream of tokens, each drawn from the model's probabilities: first the bits of the coarse shape, plane by plane, then those of ever finer details. Choose one to see how it came about."
      >
        <div class="bar">
          <Buttons>
            {busy ? (
              <Button action={stop}>Stop</Button>
            ) : (
              <Button main action={draw}>
                Draw
              </Button>
            )}
          </Buttons>
          {frame && (
            <Facts
              facts={{
                Tokens: frame.tokens.toLocaleString("en"),
                Time: `${frame.seconds.toFixed(1)} s`,
                ...(frame.seconds > 0 && {
                  Speed: `${Math.round(frame.tokens / frame.seconds).toLocaleString("en")} tokens/s`,
                }),
              }}
            />
          )}
        </div>
        {drawing.error !== undefined && <Failure message={drawing.error} />}
        {drawing.waiting !== undefined && busy && <Waiting what={drawing.waiting} />}
        {frame && (
          <Samples
            rasters={frame.rasters}
            label="Drawings"
            titles={frame.rasters.map((_, i) => facts?.classNames[labelOf(i)] ?? "")}
            chosen={chosen}
            choose={(i) => !busy && choose(i === chosen ? undefined : i)}
          />
        )}
      </Figure>
      {picked && chosen !== undefined && (
        <Figure
          wide
          title={`Sample ${chosen + 1}: ${facts?.classNames[labelOf(chosen)] ?? ""}`}
          note="From a few tokens to all of them."
        >
          {strip && <RasterCanvas raster={strip} label="The drawing after more and more tokens" />}
          <Buttons>
            <Button action={() => fillIn(picked, labelOf(chosen))}>Make a hole in it</Button>
          </Buttons>
        </Figure>
      )}
    </Workbench>
  );
}
