import { useCallback, useState } from "preact/hooks";
import { useAddress } from "../../shared/address.ts";
import { Tabs } from "../../shared/controls.tsx";
import { DrawView } from "./draw/drawView.tsx";
import { useDrawing } from "./draw/useDrawing.ts";
import { fields, type GenerateState } from "./fields.ts";
import { FillView, type Holed } from "./fill/fillView.tsx";
import "./style.css";
import { TrainView } from "./train/trainView.tsx";
import { useTrainer } from "./train/useTrainer.ts";

const views = { draw: "Draw", fill: "Fill a hole", train: "Train" } as const;

/** A small model draws pictures coarse to fine, fills holes, and is trained here. */
export default function Generate() {
  const [state, set] = useAddress<GenerateState>(fields);
  const { trainer, status } = useTrainer();
  const hasTrained = status !== undefined && status.step > 0;
  // Other weights after each pause: `step` stands for them.
  const step = status?.phase === "paused" || status?.phase === "done" ? status.step : undefined;
  const trained = useCallback(
    async () => new Uint8Array(await (await trainer.file("weights")).arrayBuffer()),
    [trainer, step],
  );
  const usesTrained = state.model === "trained" && hasTrained;
  const drawer = useDrawing(usesTrained ? trained : undefined);
  const [holed, setHoled] = useState<Holed>();
  const common = { state, set, drawer, hasTrained };
  return (
    <>
      <Tabs label="Part" value={state.view} titles={views} change={(view) => set({ view })} />
      {state.view === "draw" && (
        <DrawView
          {...common}
          fillIn={(picture, label) => {
            setHoled({ picture, label, name: "Your drawing" });
            set({ view: "fill" });
          }}
        />
      )}
      {state.view === "fill" && <FillView {...common} given={holed} give={setHoled} />}
      {state.view === "train" && (
        <TrainView
          {...{ state, set, trainer, status }}
          drawFrom={() => set({ view: "draw", model: "trained", label: -1 })}
        />
      )}
    </>
  );
}
