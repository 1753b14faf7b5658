import type { Remote } from "comlink";
import { useState } from "preact/hooks";
import { Button, Buttons } from "../../../shared/controls.tsx";
import { download } from "../../../shared/download.ts";
import { Facts, Failure, Figure } from "../../../shared/figure.tsx";
import { type Computed, messageOf, useLatest } from "../../../shared/latest.ts";
import type { Picture } from "../../../shared/pictures/pictureInput.tsx";
import type { FieldsApi, Showing } from "../worker.ts";
import { kinds } from "./overlay.ts";
import { Panel } from "./panel.tsx";
import type { Look } from "./place.ts";
import { usePanels } from "./usePanels.ts";

/** What there is to say of a fit. */
export interface Fit {
  readonly seconds: number;
  readonly psnr: number;
  readonly octaves: number;
  readonly parameters: number;
  /** Values of the picture. */
  readonly samples: number;
}

/** A picture as a continuous function, seen as near as one likes beside another way between its pixels. */
export function ZoomTab({
  remote,
  picture,
  fit,
  loaded,
  showing,
  start,
  settled,
}: {
  readonly remote: Remote<FieldsApi> | undefined;
  readonly picture: Picture | undefined;
  readonly fit: Computed<Fit | undefined>;
  /** Milliseconds that decoding took. */
  readonly loaded: number | undefined;
  readonly showing: Showing;
  readonly start: Look | undefined;
  readonly settled: (look: Look) => void;
}) {
  const { part, derivative, beside, maxima } = showing;
  const panels = usePanels(remote, picture?.raster, start, settled);
  const scene = useLatest(
    () => remote?.show(showing),
    [remote, fit.value, part, derivative, beside, maxima?.scale, maxima?.threshold],
  );
  const [failed, setFailed] = useState<string>();
  const { value } = fit;
  const { pace, look, refs, move, keys, zoomBy, whole } = panels;
  const aspect = picture ? picture.raster.width / picture.raster.height : 1;
  const isWhole = (look?.zoom ?? 1) <= 1;
  const error = fit.error ?? scene.error ?? failed;
  const name = picture?.name.replace(/\.\w+$/, "") ?? "picture";
  const save = async (file: string, content: Promise<Blob | undefined>) => {
    try {
      const blob = await content;
      if (blob) download(file, blob);
    } catch (reason) {
      setFailed(messageOf(reason));
    }
  };
  return (
    <>
      {error !== undefined && <Failure message={error} />}
      <Figure title={picture ? `${picture.name} as a function` : "A picture as a function"} wide>
        <div class="bar">
          <Buttons>
            <Button action={() => zoomBy(1 / 2)}>−</Button>
            <Button action={() => zoomBy(2)}>+</Button>
            <Button action={whole}>Whole</Button>
            <Button
              disabled={!value}
              action={() => void save(`${name}.png`, remote?.png() ?? Promise.resolve(undefined))}
            >
              Save the view
            </Button>
            <Button
              disabled={!value}
              action={() =>
                void save(
                  `${name}.onnx`,
                  (remote?.onnx() ?? Promise.resolve(undefined)).then(
                    (bytes) => bytes && new Blob([bytes], { type: "application/octet-stream" }),
                  ),
                )
              }
            >
              Save the field (ONNX)
            </Button>
          </Buttons>
          <Facts
            facts={{
              PSNR: value ? `${value.psnr.toFixed(2)} dB` : "…",
              Parameters: value
                ? `${value.parameters.toLocaleString("en")} for ${value.samples.toLocaleString("en")} values`
                : "…",
              Fitted: value
                ? `in ${value.seconds.toFixed(2)} s${loaded === undefined ? "" : `, decoded in ${(loaded / 1000).toFixed(2)} s`}`
                : "…",
              Zoom: look ? `${Number(look.zoom.toPrecision(3))}×` : "…",
              Drawn: pace
                ? `by ${pace.by}${pace.framesPerSecond > 0 ? `, ${Math.round(pace.framesPerSecond)} frames a second` : ""}`
                : "…",
            }}
          />
        </div>
        <p class="note">
          Wheel or pinch to zoom, drag to move; keys + − 0 and arrows.
          {derivative === "gradient" &&
            ` White: a gradient of ${scene.value?.limit.toPrecision(2)} a pixel, where black to white is 2.`}
          {derivative === "laplacian" &&
            ` White and black: a Laplacian of ±${scene.value?.limit.toPrecision(2)} a pixel squared.`}
        </p>
      </Figure>
      <Figure title="Field" busy={fit.busy || scene.busy}>
        <Panel
          label="The field; wheel, plus and minus zoom, arrow keys move"
          {...{ canvas: refs.field, over: refs.over, aspect, move, keys, isWhole }}
        />
        {maxima && (
          <p class="note">
            {scene.value?.maxima?.toLocaleString("en") ?? "…"} maxima:{" "}
            {kinds.map(({ name }, i) => (
              <span key={name} class={`kind kind${i}`}>
                {name}
              </span>
            ))}
          </p>
        )}
      </Figure>
      <Figure title={beside === "bicubic" ? "Bicubic" : "Pixels"}>
        <Panel
          label={`${beside === "bicubic" ? "Bicubic interpolation" : "Pixels"}; wheel, plus and minus zoom, arrow keys move`}
          {...{ canvas: refs.beside, aspect, move, keys, isWhole }}
        />
      </Figure>
    </>
  );
}
