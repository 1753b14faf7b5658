import { useCallback, useMemo } from "preact/hooks";
import { Choice, Slider } from "../../../shared/controls.tsx";
import { Drawn } from "../../../shared/drawn.tsx";
import { Facts, Failure, Figure, Workbench } from "../../../shared/figure.tsx";
import { useLatest } from "../../../shared/latest.ts";
import { useWorker } from "../../../shared/remote.ts";
import { mixingAbout, seenMixings, seenTitles } from "../mixings.ts";
import type { LearnerView } from "../training/useLearner.ts";
import type { Settings } from "../usePage.ts";
import { drawHeat } from "./drawKernel.ts";
import { reachOf } from "./heat.ts";
import { KernelPicture } from "./kernelPicture.tsx";
import type { KernelWorker } from "./worker.ts";

const openWorker = () =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "kernels" });

/** Channels of the pictures before a training; the models have their own number. */
const shownWidth = 32;

const weightTitles = {
  start: "before training",
  left: "of the left model now",
  right: "of the right model now",
} as const;

/** What each mixing sees: a picture of each, and one of them large, channel by channel. */
export function Receptive({
  settings,
  set,
  text,
  left,
  right,
}: {
  readonly settings: Settings;
  readonly set: (change: Partial<Settings>) => void;
  readonly text: string;
  readonly left: LearnerView;
  readonly right: LearnerView;
}) {
  const kernels = useWorker<KernelWorker>(openWorker);
  const { mixing, weights, layer, window } = settings;
  const tokens = Number(window);

  const gallery = useLatest(
    () =>
      kernels &&
      galleryOf(seenMixings, (name) =>
        kernels.kernels(name, { width: shownWidth, context: 32, positions: [31] }),
      ),
    [kernels],
  );

  const learner = weights === "start" ? undefined : { left, right }[weights];
  const trained = learner && {
    name: settings[weights === "left" ? "left" : "right"],
    context: Number(settings.context),
    width: Number(settings.width),
  };
  // A model that trains is looked at again after each validation.
  const validations = learner?.points.filter((p) => p.validationNats !== undefined).length;
  const ready = learner && learner.phase !== "opening" && learner.progress.step > 0;
  const form = trained ?? { name: mixing, context: tokens, width: shownWidth };
  const detail = useLatest(async () => {
    const { name, context, width } = form;
    const positions = Array.from({ length: context }, (_, i) => i);
    const found = trained
      ? ready &&
        (await learner?.remote?.kernels(Math.min(layer, Number(settings.layers) - 1), positions))
      : await kernels?.kernels(name, { width, context, positions });
    return found ? { name, context, width, weights: found } : undefined;
  }, [
    kernels,
    learner?.remote,
    form.name,
    form.context,
    form.width,
    layer,
    weights,
    validations,
    ready,
  ]);

  const shown = detail.value;
  const channel = Math.min(settings.channel, (shown?.width ?? form.width) - 1);
  const position = Math.min(settings.position, (shown?.context ?? form.context) - 1);
  const heat = useMemo(() => {
    if (!shown) return undefined;
    const { context, width } = shown;
    const from = position * context * width;
    return { context, width, weights: shown.weights.subarray(from, from + context * width) };
  }, [shown, position]);
  const choose = useCallback(
    (change: { readonly channel?: number; readonly position?: number }) => set(change),
    [set],
  );

  const column =
    heat &&
    Array.from({ length: heat.context }, (_, t) => heat.weights[t * heat.width + channel] ?? 0);
  return (
    <Workbench
      stageFirst
      controls={
        <fieldset class="group">
          <legend>What a mixing sees</legend>
          <Choice
            label="Weights"
            value={weights}
            choices={weightTitles}
            change={(value) => set({ weights: value })}
          />
          {weights === "start" ? (
            <>
              <Choice
                label="Mixing"
                value={mixing}
                choices={seenTitles}
                change={(value) => set({ mixing: value })}
              />
              <Choice
                label="Tokens"
                value={window}
                choices={{ 16: "16", 32: "32", 64: "64" }}
                change={(value) => set({ window: value })}
              />
            </>
          ) : (
            <Slider
              label="After block"
              value={Math.min(layer, Number(settings.layers) - 1)}
              min={1}
              max={Number(settings.layers) - 1}
              change={(value) => set({ layer: value })}
            />
          )}
          <Slider
            label="Position"
            value={position}
            min={0}
            max={form.context - 1}
            change={(value) => set({ position: value })}
          />
          <Slider
            label="Channel"
            value={channel}
            min={0}
            max={form.width - 1}
            change={(value) => set({ channel: value })}
          />
          <p class="hint">
            Between two blocks of a GPT, each channel may look at its own earlier values. Point at
            the picture: rows are channels, columns are tokens, the letter under the mark looks
            back.
          </p>
        </fieldset>
      }
    >
      <Figure
        title={`${form.name}: ${mixingAbout[form.name]}`}
        wide
        busy={detail.busy}
        note={
          weights !== "start" && !ready
            ? "This model has not been trained yet: press Play below."
            : "Teal adds, orange subtracts; the fainter, the smaller. Nothing right of the mark is ever seen: mixing is causal. Computed as the derivative of the library's own mixing."
        }
      >
        {detail.error && <Failure message={detail.error} />}
        <KernelPicture
          name={form.name}
          heat={heat}
          text={text}
          channel={channel}
          position={position}
          choose={choose}
        />
        {heat && column && (
          <Facts
            facts={{
              Channel: `${channel} of ${heat.width}`,
              "Looks back": tokenCount(reachOf(heat, channel, position)),
              "Largest weight": Math.max(...column.map(Math.abs)).toPrecision(3),
              "Sum of weights": column.reduce((sum, weight) => sum + weight, 0).toPrecision(3),
            }}
          />
        )}
      </Figure>
      <section class="figure wide" aria-label="All mixings" aria-busy={gallery.busy}>
        <h2>All mixings</h2>
        {gallery.error && <Failure message={gallery.error} />}
        <div class="mixings">
          {seenMixings.map((name) => (
            <Thumbnail
              key={name}
              name={name}
              weights={gallery.value?.[name]}
              pressed={weights === "start" && name === mixing}
              choose={() => set({ mixing: name, weights: "start" })}
            />
          ))}
        </div>
        <p class="note">
          The last of 32 tokens looks back, before any training; smear and conv start as the
          identity and learn where to look.
        </p>
      </section>
    </Workbench>
  );
}

const tokenCount = (count: number) =>
  count === 0 ? "at itself only" : count === 1 ? "1 token" : `${count} tokens`;

async function galleryOf<K extends string, T>(names: readonly K[], make: (name: K) => Promise<T>) {
  const made = await Promise.all(names.map(async (name) => [name, await make(name)] as const));
  return Object.fromEntries(made) as Readonly<Record<K, T>>; // one a name
}

function Thumbnail({
  name,
  weights,
  pressed,
  choose,
}: {
  readonly name: string;
  readonly weights: Float32Array | undefined;
  readonly pressed: boolean;
  readonly choose: () => void;
}) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const heat = { weights: weights ?? new Float32Array(), context: 32, width: shownWidth };
      drawHeat(context, heat, { x: 0, y: 0, width, height });
    },
    [weights],
  );
  return (
    <button type="button" aria-pressed={pressed} onClick={choose}>
      <span>{name}</span>
      <Drawn label={`Receptive field of ${name}`} height={84} draw={draw} />
    </button>
  );
}
