import type { Raster } from "ondelette/data";
import { Thumb } from "./thumb.tsx";

/** Many small pictures; each can be chosen where `choose` is given. */
export function Samples({
  rasters,
  label,
  titles,
  chosen,
  large = false,
  choose,
}: {
  readonly rasters: readonly Raster[];
  /** What they show, for people who do not see it. */
  readonly label: string;
  /** What each is called. */
  readonly titles?: readonly string[] | undefined;
  readonly chosen?: number | undefined;
  readonly large?: boolean;
  readonly choose?: (index: number) => void;
}) {
  const kind = large ? "samples large" : "samples";
  if (!choose)
    return (
      <div class={kind} role="img" aria-label={label}>
        {rasters.map((raster, i) => (
          <div key={i}>
            <Thumb raster={raster} />
          </div>
        ))}
      </div>
    );
  return (
    <fieldset class={`group ${kind}`} aria-label={label}>
      {rasters.map((raster, i) => (
        <button
          key={i}
          type="button"
          aria-label={`Sample ${i + 1}${titles?.[i] ? `: ${titles[i]}` : ""}`}
          aria-pressed={i === chosen}
          onClick={() => choose(i)}
        >
          <Thumb raster={raster} />
        </button>
      ))}
    </fieldset>
  );
}
