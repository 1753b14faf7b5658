import { useRef } from "preact/hooks";
import { Button, Buttons, Choice, TextInput } from "../../../shared/controls.tsx";

const titles = { almanac: "A harbor's almanac (computed)", own: "My own" } as const;

/** The text to learn: the shipped one, or one that is pasted, typed or opened. */
export function TextChoice({
  choice,
  text,
  own,
  choose,
  setOwn,
}: {
  readonly choice: keyof typeof titles;
  readonly text: string;
  readonly own: string;
  readonly choose: (choice: keyof typeof titles) => void;
  readonly setOwn: (text: string) => void;
}) {
  const dialogue = useRef<HTMLInputElement>(null);
  return (
    <fieldset class="group">
      <legend>Text</legend>
      <Choice label="Learn" value={choice} choices={titles} change={choose} />
      {choice === "own" && (
        <>
          <TextInput label="Paste or type it here" value={own} rows={6} change={setOwn} />
          <Buttons>
            <Button action={() => dialogue.current?.click()}>Open a text file …</Button>
          </Buttons>
          <input
            ref={dialogue}
            class="hidden"
            type="file"
            accept="text/*,.txt,.md,.json,.csv,.ts,.py"
            aria-label="Text file of your own"
            tabIndex={-1}
            onChange={({ currentTarget }) => {
              void currentTarget.files?.[0]?.text().then(setOwn);
              currentTarget.value = "";
            }}
          />
        </>
      )}
      <p class="hint">
        {text.length.toLocaleString("en")} characters, {new Set(text).size} different; the last
        tenth is for validation. {choice === "own" && "It stays in this browser."}
      </p>
    </fieldset>
  );
}
