import { useMemo } from "preact/hooks";
import { useAddress } from "../../shared/address.ts";
import { fields, headWidth } from "./settings.ts";
import type { TrainingRequest } from "./training/request.ts";

/** The settings of the page, as its address has them. */
export type Settings = ReturnType<typeof useSettings>[0];

const useSettings = () => useAddress(fields);

/** Settings, and what the two models are asked to learn. */
export function usePage(text: string) {
  const [settings, set] = useSettings();
  const { left, right, layers, width, context, batch, rate, seed, steps } = settings;
  const common = useMemo((): Omit<TrainingRequest, "mixing"> => {
    const channels = Number(width);
    return {
      ...{ text, rate, seed, steps, width: channels, heads: channels / headWidth },
      ...{ layers: Number(layers), context: Number(context), batch: Number(batch) },
    };
  }, [text, layers, width, context, batch, rate, seed, steps]);
  return { settings, set, left: { ...common, mixing: left }, right: { ...common, mixing: right } };
}
