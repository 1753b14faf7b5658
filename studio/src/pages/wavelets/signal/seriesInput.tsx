import type { Remote } from "comlink";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Button, Buttons, Choice, TextInput } from "../../../shared/controls.tsx";
import { Failure } from "../../../shared/figure.tsx";
import { messageOf } from "../../../shared/latest.ts";
import { useDroppedFiles } from "../../../shared/openedFiles.ts";
import { type SoundName, soundNames } from "../settings.ts";
import type { WaveletsApi } from "../worker.ts";
import { openSeries } from "./openSound.ts";
import { parseNumbers, type Series } from "./series.ts";

const titles = Object.fromEntries(
  soundNames.map((name) => [
    name,
    name === "chirp" ? "Chirps with echoes" : name === "numbers" ? "Your numbers" : name,
  ]),
) as Record<SoundName, string>; // one a name

/** A year of months, three times, with a trend and a step. */
const someNumbers = Array.from({ length: 96 }, (_, i) =>
  (10 + 3 * Math.sin((2 * Math.PI * i) / 12) + 0.04 * i + (i > 60 ? 4 : 0)).toFixed(2),
).join("\n");

/** A computed signal, a sound or a table of the visitor's own by drop, paste or file dialogue, or numbers in a field. */
export function SeriesInput({
  remote,
  sound,
  current,
  choose,
  change,
}: {
  readonly remote: Remote<WaveletsApi> | undefined;
  readonly sound: SoundName;
  /** A file of the visitor's, which stays when this input is shown again. */
  readonly current: Series | undefined;
  readonly choose: (name: SoundName) => void;
  readonly change: (series: Series, isOwn: boolean) => void;
}) {
  const [error, setError] = useState<string>();
  const [numbers, setNumbers] = useState(someNumbers);
  const kept = useRef(current !== undefined);
  const dialogue = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (kept.current) {
      kept.current = false;
      return;
    }
    setError(undefined);
    if (sound === "numbers") {
      try {
        change(
          { name: "Your numbers", samples: parseNumbers(numbers), rate: 1, isSound: false },
          false,
        );
      } catch (reason) {
        setError(messageOf(reason));
      }
      return;
    }
    let isLate = false;
    remote?.series(sound).then((series) => isLate || change(series, false));
    return () => {
      isLate = true;
    };
  }, [remote, sound, numbers, change]);

  const take = useCallback(
    (file: File) => {
      openSeries(file).then(
        (series) => {
          setError(undefined);
          change(series, true);
        },
        (reason) => setError(messageOf(reason)),
      );
    },
    [change],
  );
  useDroppedFiles(take);

  return (
    <fieldset class="group">
      <legend>Signal</legend>
      <Choice label="Example" value={sound} choices={titles} change={choose} />
      {sound === "numbers" && (
        <TextInput label="Numbers, or a table" rows={6} value={numbers} change={setNumbers} />
      )}
      <Buttons>
        <Button action={() => dialogue.current?.click()}>Open a sound or a table …</Button>
      </Buttons>
      <input
        ref={dialogue}
        class="hidden"
        type="file"
        accept="audio/*,.csv,.tsv,.txt"
        aria-label="Sound or table of your own"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) take(file);
          currentTarget.value = "";
        }}
      />
      <p class="hint">
        {current ? `Now: ${current.name}` : "Or drop or paste one. It stays on this computer."}
      </p>
      {error !== undefined && <Failure message={error} />}
    </fieldset>
  );
}
