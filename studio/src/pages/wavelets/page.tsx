import { useCallback, useState } from "preact/hooks";
import { useAddress } from "../../shared/address.ts";
import { Choice, GroupedChoice, Slider, Tabs } from "../../shared/controls.tsx";
import { Workbench } from "../../shared/figure.tsx";
import { type Picture, PictureInput } from "../../shared/pictures/pictureInput.tsx";
import { useWorker } from "../../shared/remote.ts";
import { DenoiseTab } from "./denoise/denoiseTab.tsx";
import { FunctionsTab } from "./functions/functionsTab.tsx";
import { continuousGroups, discreteGroups } from "./names.ts";
import { PictureTab } from "./picture/pictureTab.tsx";
import {
  fields,
  modeTitles,
  mraTitles,
  noiseTitles,
  normTitles,
  ruleTitles,
  shiftTitles,
  shrinkTitles,
  transformTitles,
  viewTitles,
} from "./settings.ts";
import type { Series } from "./signal/series.ts";
import { SeriesInput } from "./signal/seriesInput.tsx";
import { SignalTab } from "./signal/signalTab.tsx";
import "./wavelets.css";
import type { WaveletsApi } from "./worker.ts";

const openWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/** Families of wavelets, the transform of a picture, shrinkage, and sound in time and frequency. */
export default function Wavelets() {
  const [settings, set] = useAddress(fields);
  const remote = useWorker<WaveletsApi>(openWorker);
  const [picture, setPicture] = useState<Picture>();
  const [series, setSeries] = useState<{ readonly series: Series; readonly isOwn: boolean }>();
  const takeSeries = useCallback(
    (series: Series, isOwn: boolean) => setSeries({ series, isOwn }),
    [],
  );
  const { view, wavelet, levels, mode, shifts } = settings;
  const hasPicture = view === "picture" || view === "denoise";
  const raster = picture?.raster;
  return (
    <>
      <Tabs label="Views" value={view} titles={viewTitles} change={(view) => set({ view })} />
      <Workbench
        controls={
          <>
            <GroupedChoice
              label={view === "signal" ? "Wavelet of the parts" : "Wavelet"}
              value={wavelet}
              groups={discreteGroups}
              change={(wavelet) => set({ wavelet })}
            />
            {hasPicture && (
              <>
                <Slider
                  label="Levels"
                  value={levels}
                  min={1}
                  max={8}
                  change={(levels) => set({ levels })}
                />
                {view === "picture" ? (
                  <TransformControls settings={settings} set={set} />
                ) : (
                  <ShrinkControls settings={settings} set={set} />
                )}
                <PictureInput
                  example={settings.example}
                  current={picture}
                  chooseExample={(example) => set({ example })}
                  change={setPicture}
                />
              </>
            )}
            {view === "signal" && (
              <>
                <SignalControls settings={settings} set={set} />
                <SeriesInput
                  remote={remote}
                  sound={settings.sound}
                  current={series?.isOwn ? series.series : undefined}
                  choose={(sound) => set({ sound })}
                  change={takeSeries}
                />
              </>
            )}
          </>
        }
      >
        {view === "functions" && <FunctionsTab remote={remote} name={wavelet} />}
        {view === "picture" && (
          <PictureTab
            remote={remote}
            picture={raster}
            settings={{ wavelet, mode, levels }}
            contrast={settings.contrast}
          />
        )}
        {view === "denoise" && (
          <DenoiseTab
            remote={remote}
            picture={raster}
            settings={{
              ...{ wavelet, levels, sigma: settings.sigma, seed: settings.seed },
              ...{ rule: settings.rule, factor: settings.factor, shrink: settings.shrink },
              transform: settings.transform,
              shifts: settings.transform === "dwt" ? Number(shifts) : 1,
              noise: settings.noise,
            }}
          />
        )}
        {view === "signal" && (
          <SignalTab
            remote={remote}
            series={series?.series}
            scalogram={{ psi: settings.psi, voices: settings.voices, norm: settings.norm }}
            range={settings.range}
            parts={{ wavelet, levels: settings.parts, transform: settings.mra }}
          />
        )}
      </Workbench>
    </>
  );
}

type Settings = ReturnType<
  typeof useAddress<{ [K in keyof typeof fields]: (typeof fields)[K]["initial"] }>
>[0];

/** A part of the controls: the settings, and what changes them. */
interface Controls {
  readonly settings: Settings;
  readonly set: (change: Partial<Settings>) => void;
}

const TransformControls = ({ settings: { mode, contrast }, set }: Controls) => (
  <>
    <Choice
      label="Boundary mode"
      value={mode}
      choices={modeTitles}
      change={(mode) => set({ mode })}
    />
    <Slider
      label="Contrast of the details"
      value={contrast}
      min={-3}
      max={3}
      step={0.25}
      shown={`${2 ** contrast < 1 ? `1/${(2 ** -contrast).toFixed(1)}` : (2 ** contrast).toFixed(1)}`}
      change={(contrast) => set({ contrast })}
    />
  </>
);

const ShrinkControls = ({ settings, set }: Controls) => (
  <>
    <Slider
      label="Noise added"
      value={settings.sigma}
      min={0}
      max={80}
      shown={`σ = ${settings.sigma} of 255`}
      change={(sigma) => set({ sigma })}
    />
    <Choice
      label="Noise level"
      value={settings.noise}
      choices={noiseTitles}
      change={(noise) => set({ noise })}
    />
    <Choice
      label="Threshold"
      value={settings.rule}
      choices={ruleTitles}
      change={(rule) => set({ rule })}
    />
    <Slider
      label="Factor of the threshold"
      value={settings.factor}
      min={0}
      max={3}
      step={0.05}
      shown={settings.factor.toFixed(2)}
      change={(factor) => set({ factor })}
    />
    <Choice
      label="Shrinkage"
      value={settings.shrink}
      choices={shrinkTitles}
      change={(shrink) => set({ shrink })}
    />
    <Choice
      label="Transform"
      value={settings.transform}
      choices={transformTitles}
      change={(transform) => set({ transform })}
    />
    <Choice
      label="Cycle spinning"
      value={settings.shifts}
      choices={shiftTitles}
      disabled={settings.transform === "swt"}
      change={(shifts) => set({ shifts })}
    />
    <Slider
      label="Random seed"
      value={settings.seed}
      min={1}
      max={20}
      change={(seed) => set({ seed })}
    />
  </>
);

const SignalControls = ({ settings, set }: Controls) => (
  <>
    <Slider
      label="Levels of the parts"
      value={settings.parts}
      min={1}
      max={10}
      change={(parts) => set({ parts })}
    />
    <Choice
      label="Transform of the parts"
      value={settings.mra}
      choices={mraTitles}
      change={(mra) => set({ mra })}
    />
    <GroupedChoice
      label="Wavelet of the scalogram"
      value={settings.psi}
      groups={continuousGroups}
      change={(psi) => set({ psi })}
    />
    <Slider
      label="Scales per octave"
      value={settings.voices}
      min={2}
      max={24}
      change={(voices) => set({ voices })}
    />
    <Choice
      label="Norm"
      value={settings.norm}
      choices={normTitles}
      change={(norm) => set({ norm })}
    />
    <Slider
      label="Range of the colors"
      value={settings.range}
      min={10}
      max={90}
      step={5}
      shown={`${settings.range} dB`}
      change={(range) => set({ range })}
    />
  </>
);
