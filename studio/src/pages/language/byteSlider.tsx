import { useCallback, useId } from "preact/hooks";
import { type Draw, Drawn } from "../../shared/drawn.tsx";
import { themeColor } from "../../shared/theme.ts";
import { bytesOfTokens, type Encoded, headerBytes, planeStarts, tokensOfBytes } from "./encoded.ts";
import { kindColors, kindNames, sharesAlong } from "./kinds.ts";

const height = 56;

/** The whole file from its first byte to the last, with what its bits are spent on above the slider. */
export function ByteSlider({
  encoded,
  position,
  seek,
}: {
  readonly encoded: Encoded;
  readonly position: number;
  readonly seek: (count: number) => void;
}) {
  const id = useId();
  const draw = useCallback<Draw>(
    (context, width) => {
      const shares = sharesAlong(encoded, width);
      const colors = kindNames.map((kind) => themeColor(kindColors[kind]));
      for (let x = 0; x < width; x++) {
        let y = 0;
        for (const [k, color] of colors.entries()) {
          const share = height * shares[x * kindNames.length + k]!;
          context.fillStyle = color;
          context.fillRect(x, y, 1, share + 0.5);
          y += share;
        }
      }
      context.fillStyle = themeColor("--surface");
      context.font = "11px system-ui";
      const last = encoded.bytes.at(-1) ?? 1;
      let free = 0;
      for (const { plane, at } of planeStarts(encoded)) {
        const x = Math.round((encoded.bytes[at]! / last) * width);
        context.fillRect(x - 1, 0, 1, height);
        const text = plane < 0 ? `1/${2 ** -plane}` : `${2 ** plane}`;
        const room = context.measureText(text).width + 8;
        if (x < free || x + room > width) continue;
        context.fillRect(x, height - 15, room, 15);
        context.fillStyle = themeColor("--text-soft");
        context.fillText(text, x + 4, height - 4);
        context.fillStyle = themeColor("--surface");
        free = x + room;
      }
    },
    [encoded],
  );

  const bytes = bytesOfTokens(encoded, position);
  const { fileBytes } = encoded;
  const shown = `${bytes.toLocaleString("en")} of ${fileBytes.toLocaleString("en")} bytes`;
  return (
    <div class="bytes">
      <Drawn label="What the bits are spent on along the file" height={height} draw={draw} />
      <div class="control">
        <label for={id}>Read</label>
        <output for={id}>{shown}</output>
        <input
          id={id}
          type="range"
          min={headerBytes}
          max={fileBytes}
          value={bytes}
          aria-valuetext={shown}
          onInput={({ currentTarget }) => seek(tokensOfBytes(encoded, currentTarget.valueAsNumber))}
        />
      </div>
    </div>
  );
}
