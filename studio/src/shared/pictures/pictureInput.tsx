import type { Raster } from "ondelette/data";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Button, Buttons, Choice } from "../controls.tsx";
import { Failure } from "../figure.tsx";
import { messageOf } from "../latest.ts";
import { useDroppedFiles } from "../openedFiles.ts";
import { type ExampleName, examples, exampleTitles } from "./examples.ts";
import { readPicture } from "./readPicture.ts";

/** The picture that a page works on. */
export interface Picture {
  readonly name: string;
  readonly raster: Raster;
  /** Whether it is the visitor's. */
  readonly own?: boolean;
  /** How long it took to decode and scale it. */
  readonly milliseconds?: number;
}

/**
 * A picture of the visitor's own by drop (anywhere on the page), paste or file dialogue, or one of the shipped examples. The
 * example's name is part of the address; a picture of one's own is not, and stays on this computer.
 */
export function PictureInput({
  example,
  largest = 512,
  current,
  chooseExample,
  change,
}: {
  readonly example: ExampleName;
  /** Pixels along the longer side; larger pictures are scaled down. */
  readonly largest?: number;
  /** What the page has: a picture of the visitor's own stays when this input is shown again. */
  readonly current?: Picture | undefined;
  readonly chooseExample: (name: ExampleName) => void;
  readonly change: (picture: Picture) => void;
}) {
  const [own, setOwn] = useState(current?.own ? current.name : undefined);
  const [error, setError] = useState<string>();
  const dialogue = useRef<HTMLInputElement>(null);

  const take = useCallback(
    async (file: Blob, name: string, isOwn: boolean) => {
      try {
        const begun = performance.now();
        const raster = await readPicture(file, name, largest);
        const milliseconds = performance.now() - begun;
        setError(undefined);
        setOwn(isOwn ? name : undefined);
        change({ name, raster, own: isOwn, milliseconds });
      } catch (reason) {
        setError(messageOf(reason));
      }
    },
    [largest, change],
  );

  const kept = useRef(current?.own);
  useEffect(() => {
    if (kept.current) {
      kept.current = false;
      return;
    }
    const abort = new AbortController();
    fetch(examples[example], { signal: abort.signal })
      .then((response) => response.blob())
      .then((file) => take(file, example, false))
      .catch((reason) => abort.signal.aborted || setError(messageOf(reason)));
    return () => abort.abort();
  }, [example, take]);

  useDroppedFiles(useCallback((file: File) => void take(file, file.name, true), [take]));

  return (
    <fieldset class="group">
      <legend>Picture</legend>
      <Choice label="Example" value={example} choices={exampleTitles} change={chooseExample} />
      <Buttons>
        <Button action={() => dialogue.current?.click()}>Open a picture …</Button>
      </Buttons>
      <input
        ref={dialogue}
        class="hidden"
        type="file"
        accept="image/*"
        aria-label="Picture of your own"
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) void take(file, file.name, true);
          currentTarget.value = "";
        }}
      />
      <p class="hint">
        {own === undefined ? "Or drop or paste one. It stays on this computer." : `Now: ${own}`}
      </p>
      {error !== undefined && <Failure message={error} />}
    </fieldset>
  );
}
