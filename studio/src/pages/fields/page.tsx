import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useAddress } from "../../shared/address.ts";
import { Choice, Slider, Switch, Tabs } from "../../shared/controls.tsx";
import { Workbench } from "../../shared/figure.tsx";
import { useLatest } from "../../shared/latest.ts";
import { type Picture, PictureInput } from "../../shared/pictures/pictureInput.tsx";
import { useWorker } from "../../shared/remote.ts";
import { CompareTab } from "./compare/compareTab.tsx";
import "./fields.css";
import type { FitApi } from "./fitWorker.ts";
import {
  axisTitles,
  besideTitles,
  comparedSteps,
  derivativeTitles,
  fields,
  minuteTitles,
  pageTitles,
  parameterSteps,
  partTitles,
  sampleTitles,
  sideTitles,
} from "./settings.ts";
import type { Look } from "./view/place.ts";
import { ZoomTab } from "./view/zoomTab.tsx";
import type { FieldsApi } from "./worker.ts";

const openFitter = () => new Worker(new URL("./fitWorker.ts", import.meta.url), { type: "module" });
const openWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/** Scales of singularities, in pixels. */
const scales = [1, 2, 4, 8];

/** A picture as a continuous function: fit it, zoom without end, take it apart. */
export default function Fields() {
  const [settings, set] = useAddress(fields);
  const remote = useWorker<FieldsApi>(openWorker);
  const [picture, setPicture] = useState<Picture>();
  const [loaded, setLoaded] = useState<number>();
  const take = useCallback((picture: Picture) => {
    setPicture(picture);
    setLoaded(picture.milliseconds);
  }, []);
  const { view, size, samples, part, derivative, beside } = settings;
  const parameters = parameterSteps[size] ?? parameterSteps[0];
  const fitter = useWorker<FitApi>(openFitter);
  useEffect(() => {
    if (picture) void remote?.open(picture.raster);
  }, [remote, picture]);
  const fit = useLatest(async () => {
    if (!picture || !remote || !fitter) return undefined;
    const fit = await fitter.fit(picture.raster, { parameters, samples });
    await remote.hold(picture.raster, fit);
    const { seconds, psnr, octaves } = fit;
    return {
      ...{ seconds, psnr, octaves, parameters: fit.parameters.length },
      samples: fit.signal.values.length,
    };
  }, [remote, fitter, picture, parameters, samples]);
  // As the address was when the page was opened.
  const start = useRef<Look | undefined>(
    settings.zoom > 1 ? { x: settings.x, y: settings.y, zoom: settings.zoom } : undefined,
  );
  const settled = useCallback(
    ({ x, y, zoom }: Look) => {
      start.current = { x, y, zoom };
      set(zoom === 1 ? { x: 0, y: 0, zoom } : { x: round(x), y: round(y), zoom: round(zoom) });
    },
    [set],
  );
  const octaves = fit.value?.octaves ?? 7;
  const parts = Object.fromEntries(
    Object.entries(partTitles).filter(
      ([name]) => !name.startsWith("octave") || Number(name.slice(6)) <= octaves,
    ),
  ) as typeof partTitles;
  return (
    <>
      <Tabs label="Views" value={view} titles={pageTitles} change={(view) => set({ view })} />
      <Workbench
        controls={
          <>
            {view === "zoom" ? (
              <>
                <Slider
                  label="Parameters"
                  value={size}
                  min={0}
                  max={parameterSteps.length - 1}
                  shown={parameters.toLocaleString("en")}
                  change={(size) => set({ size })}
                />
                <Choice
                  label="Pixels are"
                  value={samples}
                  choices={sampleTitles}
                  change={(samples) => set({ samples })}
                />
                <Choice
                  label="Show"
                  value={part}
                  choices={parts}
                  change={(part) => set({ part })}
                />
                <Choice
                  label="Derivative"
                  value={derivative}
                  choices={derivativeTitles}
                  change={(derivative) => set({ derivative })}
                />
                <Choice
                  label="Beside it"
                  value={beside}
                  choices={besideTitles}
                  change={(beside) => set({ beside })}
                />
                <Switch
                  label="Singularities"
                  value={settings.maxima}
                  change={(maxima) => set({ maxima })}
                />
                {settings.maxima && (
                  <>
                    <Slider
                      label="Their scale"
                      value={settings.scale}
                      min={0}
                      max={3}
                      shown={`${scales[settings.scale]} pixels`}
                      change={(scale) => set({ scale })}
                    />
                    <Slider
                      label="Weakest"
                      value={settings.threshold}
                      min={0}
                      max={0.5}
                      step={0.01}
                      shown={`${Math.round(100 * settings.threshold)} % of the strongest`}
                      change={(threshold) => set({ threshold })}
                    />
                  </>
                )}
              </>
            ) : (
              <>
                <Slider
                  label="Parameters of each"
                  value={settings.compared}
                  min={0}
                  max={comparedSteps.length - 1}
                  shown={(comparedSteps[settings.compared] ?? 0).toLocaleString("en")}
                  change={(compared) => set({ compared })}
                />
                <Choice
                  label="Longer side of the picture"
                  value={settings.side}
                  choices={sideTitles}
                  change={(side) => set({ side })}
                />
                <Choice
                  label="Train for"
                  value={settings.minutes}
                  choices={minuteTitles}
                  change={(minutes) => set({ minutes })}
                />
                <Choice
                  label="Curves over"
                  value={settings.axis}
                  choices={axisTitles}
                  change={(axis) => set({ axis })}
                />
              </>
            )}
            <PictureInput
              example={settings.example}
              current={picture}
              chooseExample={(example) => set({ example })}
              change={take}
            />
          </>
        }
      >
        {view === "zoom" ? (
          <ZoomTab
            remote={remote}
            picture={picture}
            fit={fit}
            loaded={loaded}
            showing={{
              ...{ part, derivative, beside },
              ...(settings.maxima && {
                maxima: { scale: settings.scale, threshold: settings.threshold },
              }),
            }}
            start={start.current}
            settled={settled}
          />
        ) : (
          <CompareTab
            fitter={fitter}
            picture={picture}
            parameters={comparedSteps[settings.compared] ?? comparedSteps[0]}
            side={Number(settings.side)}
            minutes={Number(settings.minutes)}
            axis={settings.axis}
          />
        )}
      </Workbench>
    </>
  );
}

const round = (x: number): number => Number(x.toPrecision(6));
