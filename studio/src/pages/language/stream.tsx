import type { Remote } from "comlink";
import { useEffect, useMemo, useState } from "preact/hooks";
import { BoxOver } from "../../shared/boxed.tsx";
import { Chart } from "../../shared/chart.tsx";
import { Button, Choice, Slider } from "../../shared/controls.tsx";
import { Facts, Failure, Figure } from "../../shared/figure.tsx";
import { useLatest } from "../../shared/latest.ts";
import { RasterCanvas } from "../../shared/pictures/rasterCanvas.tsx";
import { ByteSlider } from "./byteSlider.tsx";
import { channelName, describeToken, thresholdText } from "./describe.ts";
import { bytesOfTokens, type Encoded, stepTo, tokensOfBytes, type Unit } from "./encoded.ts";
import { Legend } from "./legend.tsx";
import { Opinion } from "./opinion.tsx";
import { boxInMosaic, boxInPicture, placeOf, sideOfKind } from "./place.ts";
import { usePlayer } from "./player.ts";
import { TokenMap } from "./tokenMap.tsx";
import type { LanguageWorker } from "./worker.ts";

/** Seconds in which the number of tokens read doubles, by speed. */
const doublings = [3, 2, 1.2, 0.7, 0.35];

const units = { token: "Token", block: "Block", plane: "Plane" } as const;

const channelChoices = {
  "0": "luma",
  "1": "blue difference",
  "2": "red difference",
  read: "that of the last token",
} as const;
type ChannelChoice = keyof typeof channelChoices;

/** Milliseconds without a move after which the place is kept in the address. */
const settled = 300;

/** Points of the curve of quality. */
const curvePoints = 24;

export interface StreamState {
  readonly unit: Unit;
  readonly speed: number;
  readonly bytes: number;
}

/** A stream of tokens: how far it is read, what it gives there, and what each token says. */
export function Stream({
  encoded,
  busy,
  worker,
  state: { unit, speed, bytes: bytesAtStart },
  set,
  showDigit,
}: {
  readonly encoded: Encoded;
  readonly busy: boolean;
  readonly worker: Remote<LanguageWorker>;
  readonly state: StreamState;
  readonly set: (change: Partial<StreamState>) => void;
  /** Shows a picture as the shipped model reads it. */
  readonly showDigit: () => void;
}) {
  const { length } = encoded.tokens;
  const player = usePlayer(
    length,
    doublings[speed - 1] ?? 1,
    bytesAtStart === 0 ? length : tokensOfBytes(encoded, bytesAtStart),
  );
  const { position, playing, seek } = player;
  const [pointed, point] = useState<number>();
  const [wanted, setWanted] = useState<ChannelChoice>("0");
  const prefix = useLatest(
    () => worker.prefix(position, wanted === "read" ? undefined : Number(wanted)),
    [worker, encoded, position, wanted],
  );
  const curve = useCurve(encoded, worker);

  const bytes = bytesOfTokens(encoded, position);
  useEffect(() => {
    if (playing) return;
    const timer = setTimeout(() => set({ bytes: position === length ? 0 : bytes }), settled);
    return () => clearTimeout(timer);
  }, [playing, position]);

  const pixels = encoded.width * encoded.height;
  const { picture, mosaic, channel = 0, psnr } = prefix.value ?? {};
  const plane = encoded.planes[Math.max(0, position - 1)];
  const token = pointed ?? Math.max(0, position - 1);
  const said = length > 0 ? describeToken(encoded, token) : undefined;
  const place = length > 0 ? placeOf(encoded.offsets[token]!, encoded) : undefined;
  const side = sideOfKind(encoded.kinds[token] ?? 2);
  const inMosaic = place && place.channel === channel && boxInMosaic(place, side, encoded);
  const step = (direction: 1 | -1) => seek(stepTo(encoded, unit, position, direction));
  return (
    <>
      {prefix.error !== undefined && <Failure message={prefix.error} />}
      <Figure wide title="From the first byte to the last">
        <ByteSlider encoded={encoded} position={position} seek={seek} />
        <Facts
          facts={{
            Bits: (8 * bytes).toLocaleString("en"),
            "Bits per pixel": ((8 * bytes) / pixels).toFixed(3),
            PSNR: psnr === undefined ? "…" : psnr === Infinity ? "exact" : `${psnr.toFixed(2)} dB`,
            Tokens: `${position.toLocaleString("en")} of ${length.toLocaleString("en")}`,
            Size: `${encoded.width}×${encoded.height}`,
          }}
        />
        <div class="player">
          <Button main action={playing ? player.pause : player.play}>
            {playing ? "Pause" : "Play"}
          </Button>
          <Button disabled={position === 0} action={() => step(-1)}>
            Back
          </Button>
          <Button disabled={position === length} action={() => step(1)}>
            Forward
          </Button>
          <Choice label="Step" value={unit} choices={units} change={(unit) => set({ unit })} />
          <Slider
            label="Speed"
            value={speed}
            min={1}
            max={doublings.length}
            change={(speed) => set({ speed })}
          />
        </div>
      </Figure>
      <Figure
        title="Picture"
        busy={busy}
        note="What these bytes say. The frame is the area of the token."
      >
        <RasterCanvas raster={picture} label="The picture as far as it is read">
          {place && <BoxOver {...boxInPicture(place, side, encoded)} />}
        </RasterCanvas>
      </Figure>
      <Figure
        title={`Coefficients: ${channelName(encoded.color, channel)}`}
        note={`Warm is positive, cool is negative, dark is not known yet. Coarse at the top left.${
          plane === undefined ? "" : ` Threshold now: ${thresholdText(plane)}.`
        }`}
      >
        <RasterCanvas raster={mosaic} label="The wavelet coefficients as far as they are read">
          {inMosaic && <BoxOver {...inMosaic} />}
        </RasterCanvas>
        {encoded.color === "ycbcr" && (
          <Choice label="Channel" value={wanted} choices={channelChoices} change={setWanted} />
        )}
      </Figure>
      <Figure
        wide
        title="Tokens"
        note="Point at a token for what it says; click to read up to there. Arrow keys go token by token."
      >
        <TokenMap
          {...{ encoded, position, seek, point }}
          describe={said ? `${said.name}: ${said.meaning}` : "no tokens"}
        />
        {said && (
          <p class="said">
            <strong>{said.name}</strong>, token {(token + 1).toLocaleString("en")}: {said.meaning}.
            <br />
            {said.place}.
            <br />
            {said.cost}.
          </p>
        )}
        <Legend encoded={encoded} />
      </Figure>
      <Opinion encoded={encoded} token={token} showDigit={showDigit} />
      {curve && (
        <Figure
          wide
          title="Quality by bytes"
          note={
            encoded.psnr === undefined
              ? "Against the end of this file, whose picture is not known here."
              : undefined
          }
        >
          <Chart
            label="PSNR over the bytes that are read"
            x={curve.x}
            xLabel="bytes"
            yLabel="PSNR, dB"
            lines={[{ label: "PSNR", values: curve.psnr }]}
            height={180}
          />
        </Figure>
      )}
    </>
  );
}

/** The quality after beginnings of growing length. */
function useCurve(encoded: Encoded, worker: Remote<LanguageWorker>) {
  const counts = useMemo(() => {
    const shares = Array.from({ length: curvePoints }, (_, k) => ((k + 1) / curvePoints) ** 2);
    const { fileBytes } = encoded;
    return [...new Set(shares.map((share) => tokensOfBytes(encoded, share * fileBytes)))];
  }, [encoded]);
  const { value } = useLatest(() => worker.quality(counts), [worker, counts]);
  return value && { x: counts.map((count) => bytesOfTokens(encoded, count)), psnr: value };
}
