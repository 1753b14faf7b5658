import { useAddress } from "../../shared/address.ts";
import { Listening } from "./listening/listening.tsx";
import { Receptive } from "./receptive/receptive.tsx";
import { fields } from "./settings.ts";
import "./style.css";
import { useText } from "./text/useText.ts";
import { Training } from "./training/training.tsx";
import { useLearner } from "./training/useLearner.ts";
import { usePage } from "./usePage.ts";

/** What mixings see, two models that learn a text side by side, and what models of sequences sound like. */
export default function Sequence() {
  const [{ text: choice }] = useAddress(fields);
  const { text, own, setOwn } = useText(choice);
  const { settings, set, left: leftRequest, right: rightRequest } = usePage(text);
  const left = useLearner(leftRequest);
  const right = useLearner(rightRequest);
  const common = { settings, set, text, left, right };
  return (
    <div class="sequence">
      <p class="lead">
        Between the blocks of a GPT a <em>mixing</em> lets each channel look at its own past:
        wavelet means, shifts, learned kernels. See what each one sees, and whether it helps.
      </p>
      <Receptive {...common} />
      <Training {...common} own={own} setOwn={setOwn} />
      <Listening piece={settings.piece} choose={(piece) => set({ piece })} />
    </div>
  );
}
