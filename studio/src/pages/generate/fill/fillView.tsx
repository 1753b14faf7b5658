import type { Raster } from "ondelette/data";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Button, Buttons, Slider } from "../../../shared/controls.tsx";
import { Facts, Failure, Figure, Waiting, Workbench } from "../../../shared/figure.tsx";
import { FileButton } from "../../../shared/fileButton.tsx";
import { messageOf } from "../../../shared/latest.ts";
import { decodeTo } from "../../../shared/pictures/decodeTo.ts";
import { Samples } from "../../../shared/pictures/samples.tsx";
import { SamplingControls, samplingOf } from "../draw/sampling.tsx";
import { type Drawer, drawingOf } from "../draw/useDrawing.ts";
import type { GenerateState, SetGenerate } from "../fields.ts";
import { fitted } from "./hole.ts";
import { HoleCanvas } from "./holeCanvas.tsx";

/** A picture with a hole, and the class as which it is filled. */
export interface Holed {
  readonly picture: Raster;
  readonly label: number;
  readonly name: string;
}

/** Fillings of a hole that are drawn side by side. */
const drawings = 12;

/** A hole in a picture, and what the model would draw there. */
export function FillView({
  state,
  set,
  drawer,
  hasTrained,
  given,
  give,
}: {
  readonly state: GenerateState;
  readonly set: SetGenerate;
  readonly drawer: Drawer;
  readonly hasTrained: boolean;
  /** A drawing or a picture of one's own; one of the shipped digits otherwise. */
  readonly given: Holed | undefined;
  readonly give: (holed: Holed | undefined) => void;
}) {
  const { facts, run, stop, ready } = drawer;
  const drawing = drawingOf(drawer, "fill");
  const [digit, setDigit] = useState<Holed>();
  const [error, setError] = useState<string>();
  const fits = facts === undefined || (facts.width === 28 && facts.height === 28);
  useEffect(() => {
    let alive = true;
    const show = async () => {
      const { raster, label } = await (await ready()).digit(state.digit);
      if (alive) setDigit({ picture: raster, label, name: `Digit ${state.digit}` });
    };
    show().catch((reason) => alive && setError(messageOf(reason)));
    return () => {
      alive = false;
    };
  }, [state.digit, ready]);

  const holed = given ?? (fits ? digit : undefined);
  const { x, y, width, height } = state;
  const hole = useMemo(
    () => holed && fitted({ x, y, width, height }, holed.picture),
    [holed, x, y, width, height],
  );
  const fill = () => {
    if (!holed || !hole) return;
    const label = state.label >= 0 ? state.label : holed.label;
    const asked = {
      ...{ picture: holed.picture, label, hole, drawings },
      ...{ seed: state.seed, sampling: samplingOf(state) },
    };
    run("fill", (worker, onFrame) => worker.fill(asked, onFrame));
  };
  const side = holed?.picture.width ?? 28;
  const { frame, busy } = drawing;
  return (
    <Workbench
      stageFirst
      controls={
        <>
          <fieldset class="group">
            <legend>Picture</legend>
            <Slider
              label="Digit of an unseen typeface"
              value={state.digit}
              min={0}
              max={399}
              disabled={!fits}
              change={(digit) => {
                give(undefined);
                set({ digit });
              }}
            />
            <Buttons>
              <FileButton
                label="Open a picture …"
                accept="image/*"
                take={async ([file]) => {
                  if (!file) return;
                  const { width = 28, height = 28 } = facts ?? {};
                  try {
                    const form = { width, height, color: "gray" as const };
                    const picture = await decodeTo(file, file.name, form);
                    setError(undefined);
                    give({ picture, label: Math.max(0, state.label), name: file.name });
                  } catch (reason) {
                    setError(messageOf(reason));
                  }
                }}
              />
            </Buttons>
          </fieldset>
          <fieldset class="group">
            <legend>Hole</legend>
            {(
              [
                ["Left", "x", 0],
                ["Top", "y", 0],
                ["Width", "width", 1],
                ["Height", "height", 1],
              ] as const
            ).map(([label, name, min]) => (
              <Slider
                key={name}
                label={label}
                value={hole?.[name] ?? state[name]}
                min={min}
                max={side - 1 + min}
                change={(value) => set({ [name]: value })}
              />
            ))}
          </fieldset>
          <SamplingControls {...{ state, set, facts, hasTrained }} />
        </>
      }
    >
      <Figure
        title={holed?.name ?? "Picture"}
        note="Drag a rectangle over it. The model keeps every coefficient that does not reach into the hole."
      >
        {(error ?? drawing.error) && <Failure message={error ?? drawing.error ?? ""} />}
        {holed && hole ? (
          <HoleCanvas picture={holed.picture} hole={hole} change={set} />
        ) : fits ? (
          <Waiting what="Loading the digits" />
        ) : (
          <p class="hint">Choose one of the drawings, or open a picture.</p>
        )}
        <Buttons>
          {busy ? (
            <Button action={stop}>Stop</Button>
          ) : (
            <Button main disabled={!holed} action={fill}>
              Fill the hole
            </Button>
          )}
        </Buttons>
      </Figure>
      <Figure title="What may have been there" busy={busy}>
        {frame ? (
          <>
            <Samples
              large
              rasters={frame.rasters}
              label="The picture with its hole filled, several times"
            />
            <Facts facts={{ Time: `${frame.seconds.toFixed(1)} s` }} />
          </>
        ) : (
          <p class="hint">
            Each filling is another draw from the model, and fits what is around it.
          </p>
        )}
      </Figure>
    </Workbench>
  );
}
