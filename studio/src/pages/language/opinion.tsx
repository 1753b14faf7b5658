import { namesOf, tokenNames } from "ondelette/codec";
import { useState } from "preact/hooks";
import { Button, Buttons, Choice } from "../../shared/controls.tsx";
import { Facts, Failure, Figure, Waiting } from "../../shared/figure.tsx";
import { useLatest } from "../../shared/latest.ts";
import { modelUrls } from "../../shared/models/urls.ts";
import { useWorker } from "../../shared/remote.ts";
import { percent } from "./describe.ts";
import type { Encoded } from "./encoded.ts";
import { kindColors, kindNames, kindNumbers } from "./kinds.ts";
import type { OpinionWorker } from "./opinionWorker.ts";

const openWorker = () =>
  new Worker(new URL("./opinionWorker.ts", import.meta.url), { type: "module" });

/** Whether the shipped model reads this language. */
export const isReadByModel = (encoded: Encoded): boolean =>
  encoded.width === 28 &&
  encoded.height === 28 &&
  encoded.color === "gray" &&
  encoded.wavelet === "haar" &&
  encoded.finestPlane === -3 &&
  encoded.vocabulary === "blocks" &&
  encoded.reading === "A" &&
  encoded.levels === 4;

interface OpinionProps {
  readonly encoded: Encoded;
  readonly token: number;
  readonly showDigit: () => void;
}

/** What the shipped model expects at the token under the cursor. */
export function Opinion({ encoded, token, showDigit }: OpinionProps) {
  const [asked, ask] = useState(false);
  const fits = isReadByModel(encoded);
  return (
    <Figure
      wide
      title="What a model expects"
      note="A network of 250,000 weights, trained on printed digits, says how likely each token is, given all tokens before it."
    >
      {!fits && (
        <Buttons>
          <Button action={showDigit}>Show a digit as the model reads it</Button>
        </Buttons>
      )}
      {fits && !asked && (
        <Buttons>
          <Button action={() => ask(true)}>Ask the model</Button>
        </Buttons>
      )}
      {fits && asked && <Expected encoded={encoded} token={token} />}
    </Figure>
  );
}

const digits = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`${i}`, `${i}`]));

function Expected({ encoded, token }: Pick<OpinionProps, "encoded" | "token">) {
  const worker = useWorker<OpinionWorker>(openWorker);
  const [label, setLabel] = useState("3");
  const { value, error, busy } = useLatest(() => {
    const { tokens, startingPlane } = encoded;
    return worker?.expect(modelUrls().weights, { tokens, startingPlane }, Number(label));
  }, [worker, encoded, label]);

  const names = tokenNames[encoded.vocabulary];
  const numbers = kindNumbers(encoded.vocabulary);
  const said = encoded.tokens[token] ?? 0;
  const bitsAt = (at: number) =>
    -Math.log2(value?.probabilities[at * names.length + encoded.tokens[at]!] ?? Number.NaN);
  const all = value && encoded.tokens.reduce((sum, _, at) => sum + bitsAt(at), 0);
  const coder = encoded.bits.reduce((sum, bits) => sum + bits, 0);
  const here = value?.probabilities.subarray(token * names.length, (token + 1) * names.length);
  const legal = here ? here.reduce((set, p, t) => (p > 0 ? set | (1 << t) : set), 0) : 0;
  return (
    <>
      {error !== undefined && <Failure message={error} />}
      {!here && error === undefined && <Waiting what="Loading the model" />}
      {here && (
        <>
          <ul class="bars" aria-busy={busy}>
            {names.map((name, t) => (
              <li key={name} class={namesOf(legal, encoded.vocabulary).includes(name) ? "" : "off"}>
                <span>{t === said ? <strong>{name}</strong> : name}</span>
                <i
                  style={{
                    width: `${100 * (here[t] ?? 0)}%`,
                    background: `var(${kindColors[kindNames[numbers[t] ?? 0] ?? "group"]})`,
                  }}
                />
                <span>{(legal >> t) & 1 ? percent(here[t] ?? 0) : "not legal"}</span>
              </li>
            ))}
          </ul>
          <Facts
            facts={{
              "This token, model": `${bitsAt(token).toFixed(2)} bits`,
              "This token, coder of files": `${encoded.bits[token]?.toFixed(2)} bits`,
              "All tokens, model": `${all?.toFixed(1)} bits`,
              "All tokens, coder of files": `${coder.toFixed(1)} bits`,
            }}
          />
        </>
      )}
      <div class="player">
        <Choice label="Told that it is a" value={label} choices={digits} change={setLabel} />
      </div>
    </>
  );
}
