import type { Remote } from "comlink";
import type { Raster } from "ondelette/data";
import { useState } from "preact/hooks";
import { Facts, Failure, Figure } from "../../../shared/figure.tsx";
import { useLatest } from "../../../shared/latest.ts";
import { Pointed } from "../../../shared/pictures/pointed.tsx";
import { type PixelPosition, RasterCanvas } from "../../../shared/pictures/rasterCanvas.tsx";
import type { WaveletsApi } from "../worker.ts";
import type { Block } from "./mosaic.ts";
import type { Box, TransformSettings } from "./transform.ts";

/** Where the cursor is: on a pixel, or on a coefficient of the mosaic. */
interface Cursor extends PixelPosition {
  readonly on: "picture" | "mosaic";
}

const bandTitles: Readonly<Record<Block["band"], string>> = {
  ll: "approximation",
  hl: "horizontal details (hl, cH)",
  lh: "vertical details (lh, cV)",
  hh: "diagonal details (hh, cD)",
};

/** A picture and its coefficients, with linked cursors. */
export function PictureTab({
  remote,
  picture,
  settings,
  contrast,
}: {
  readonly remote: Remote<WaveletsApi> | undefined;
  readonly picture: Raster | undefined;
  readonly settings: TransformSettings;
  readonly contrast: number;
}) {
  const { wavelet, mode, levels } = settings;
  const transform = useLatest(
    () => (picture && remote ? remote.transform(picture, settings, contrast) : undefined),
    [remote, picture, wavelet, mode, levels, contrast],
  );
  const [moved, setMoved] = useState<Cursor>();
  const { value } = transform;
  const cursor = clamped(moved ?? startOf(picture), picture, value?.raster);
  const marks = useLatest(async () => {
    if (!remote || !value || !cursor) return undefined;
    const seen = cursor.on === "picture" ? await remote.seeing(cursor.x, cursor.y) : undefined;
    const place = seen?.strongest ?? cursor;
    return { seen, coefficient: await remote.coefficient(place.x, place.y) };
  }, [remote, value, cursor?.on, cursor?.x, cursor?.y]).value;
  if (transform.error !== undefined) return <Failure message={transform.error} />;
  const coefficient = marks?.coefficient;
  const seen = marks?.seen;
  const isPixel = cursor?.on === "picture";
  const place = isPixel ? seen?.strongest : cursor;
  const moveOn = (on: Cursor["on"]) => (at: PixelPosition) => setMoved({ on, ...at });
  return (
    <>
      <Figure
        title="Picture"
        busy={transform.busy}
        note="The transform is of its brightness. Solid: what the coefficient sees; dashed: what it changes."
      >
        <Pointed
          raster={picture}
          label="Picture; arrow keys move the cursor"
          at={isPixel ? cursor : coefficient && centerOf(coefficient.sees[0])}
          move={moveOn("picture")}
        >
          {coefficient && !isPixel && (
            <>
              <Boxes boxes={coefficient.changes} kind="changes" />
              <Boxes boxes={coefficient.sees} kind="sees" />
            </>
          )}
          {isPixel && cursor && picture && (
            <Cross at={cursor} width={picture.width} height={picture.height} />
          )}
        </Pointed>
      </Figure>
      <Figure
        title={`Coefficients: ${wavelet}, ${value?.settings.levels ?? levels} levels`}
        busy={transform.busy}
      >
        <Pointed
          raster={value?.raster}
          label="Mosaic of coefficients; arrow keys move the cursor"
          at={isPixel ? seen?.strongest : cursor}
          move={moveOn("mosaic")}
        >
          {value?.mosaic.blocks.slice(1).map(({ x, y, width, height }) => (
            <rect key={`${x},${y}`} class="band" {...{ x, y, width, height }} />
          ))}
          {isPixel && seen && <Boxes boxes={seen.boxes} kind="sees" />}
          {!isPixel && cursor && value && (
            <Cross at={cursor} width={value.raster.width} height={value.raster.height} />
          )}
        </Pointed>
        <p class="note">
          <span class="swatch negative" /> negative <span class="swatch positive" /> positive; each
          level by its own largest.
        </p>
      </Figure>
      <Figure
        title={isPixel ? "Strongest detail that sees the pixel" : "Coefficient under the cursor"}
        wide
      >
        {coefficient && cursor && place && (
          <div class="coefficient" aria-live="polite">
            <Facts
              facts={{
                ...(isPixel && {
                  Pixel: `${cursor.x}, ${cursor.y}`,
                  "Seen by": `${seen?.count ?? 0} coefficients`,
                }),
                Band: bandTitles[coefficient.block.band],
                Level: `${coefficient.block.level}`,
                "Row, column": `${coefficient.row}, ${coefficient.column}`,
                Value: coefficient.value.toPrecision(5).replace("-", "−"),
                Sees: sizeOf(coefficient.sees),
                Changes: sizeOf(coefficient.changes),
                "Energy of the band": percent(
                  value?.shares[value.mosaic.blocks.findIndex((b) => isSame(b, coefficient.block))],
                ),
              }}
            />
            <Atom title="Measures" raster={coefficient.measures} />
            <Atom title="Builds" raster={coefficient.builds} />
          </div>
        )}
      </Figure>
    </>
  );
}

/** A function of the plane in the colors of coefficients. */
const Atom = ({ title, raster }: { readonly title: string; readonly raster: Raster }) => (
  <figure class="atom">
    <RasterCanvas raster={raster} label={`${title}: ${raster.width} × ${raster.height} pixels`} />
    <figcaption>
      {title}, {raster.width} × {raster.height}
    </figcaption>
  </figure>
);

const Boxes = ({ boxes, kind }: { readonly boxes: readonly Box[]; readonly kind: string }) => (
  <>
    {boxes.map(({ x, y, width, height }) => (
      <rect key={`${x},${y}`} class={`mark ${kind}`} {...{ x, y, width, height }} />
    ))}
  </>
);

const Cross = ({
  at: { x, y },
  width,
  height,
}: {
  readonly at: PixelPosition;
  readonly width: number;
  readonly height: number;
}) => (
  <>
    <path class="cross" d={`M0 ${y + 0.5}H${width}M${x + 0.5} 0V${height}`} />
    <rect class="mark sees" x={x} y={y} width={1} height={1} />
  </>
);

/** A place with something to see, before the cursor was moved. */
const startOf = (picture: Raster | undefined): Cursor | undefined =>
  picture && {
    on: "picture",
    x: Math.round(0.35 * picture.width),
    y: Math.round(0.55 * picture.height),
  };

function clamped(
  cursor: Cursor | undefined,
  picture: Raster | undefined,
  mosaic: Raster | undefined,
): Cursor | undefined {
  const field = cursor?.on === "picture" ? picture : mosaic;
  if (!cursor || !field) return undefined;
  return {
    ...cursor,
    x: Math.min(cursor.x, field.width - 1),
    y: Math.min(cursor.y, field.height - 1),
  };
}

const centerOf = (box: Box | undefined): PixelPosition | undefined =>
  box && { x: Math.floor(box.x + box.width / 2), y: Math.floor(box.y + box.height / 2) };

const isSame = (a: Block, b: Block): boolean => a.band === b.band && a.level === b.level;

const percent = (share = 0): string => `${(100 * share).toPrecision(2)} %`;

/** Rows and columns in all boxes. */
function sizeOf(boxes: readonly Box[]): string {
  const total = (from: "x" | "y", size: "width" | "height") =>
    [...new Map(boxes.map((box) => [box[from], box[size]])).values()].reduce((a, b) => a + b, 0);
  return `${total("x", "width")} × ${total("y", "height")} pixels`;
}
