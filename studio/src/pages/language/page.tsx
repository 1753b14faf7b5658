import type { LossyOptions } from "ondelette/image";
import { useCallback, useMemo, useState } from "preact/hooks";
import { choiceField, integerField, useAddress } from "../../shared/address.ts";
import { Button, Buttons, Choice, Slider } from "../../shared/controls.tsx";
import { download } from "../../shared/download.ts";
import { Failure, Waiting, Workbench } from "../../shared/figure.tsx";
import { FileButton } from "../../shared/fileButton.tsx";
import { useLatest } from "../../shared/latest.ts";
import { exampleNames } from "../../shared/pictures/examples.ts";
import { type Picture, PictureInput } from "../../shared/pictures/pictureInput.tsx";
import { useWorker } from "../../shared/remote.ts";
import { thresholdText } from "./describe.ts";
import type { Encoded } from "./encoded.ts";
import { Stream } from "./stream.tsx";
import "./style.css";
import type { LanguageWorker } from "./worker.ts";

const sizes = { 28: "28", 64: "64", 128: "128", 256: "256", 512: "512" } as const;
const sizeNames = ["28", "64", "128", "256", "512"] as const;
const wavelets = { haar: "Haar", "bior2.2": "CDF 5/3", "bior4.4": "CDF 9/7" } as const;
const vocabularies = { blocks: "Blocks of zeros", trees: "Trees of zeros" } as const;
const readings = { A: "A: as counted", B: "B: one bit more" } as const;
const colors = { ycbcr: "Color", gray: "Gray" } as const;

const fields = {
  example: choiceField("harbor", exampleNames),
  size: choiceField("256", sizeNames),
  wavelet: choiceField("bior4.4", ["haar", "bior2.2", "bior4.4"]),
  finest: integerField(-4, -8, 0),
  vocabulary: choiceField("blocks", ["blocks", "trees"]),
  reading: choiceField("A", ["A", "B"]),
  color: choiceField("ycbcr", ["ycbcr", "gray"]),
  unit: choiceField("block", ["token", "block", "plane"]),
  speed: integerField(3, 1, 5),
  /** Bytes of the file that are read; all where it is 0. */
  bytes: integerField(0, 0, 1e8),
};

/** Zeros around pictures of the size of digits, whose background is black; around others their border. */
const paddingOf = (size: (typeof sizeNames)[number]) => (size === "28" ? "zero" : "edge");

/** The language of the shipped model. */
const digitSettings = {
  example: "digit",
  size: "28",
  wavelet: "haar",
  finest: -3,
  vocabulary: "blocks",
  reading: "A",
  color: "gray",
} as const;

const openWorker = () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

/** A picture as a stream of tokens, any beginning of which is a picture. */
export default function Language() {
  const [state, set] = useAddress(fields);
  const { example, size, wavelet, finest, vocabulary, reading, color } = state;
  const worker = useWorker<LanguageWorker>(openWorker);
  const [picture, setPicture] = useState<Picture>();
  const [file, setFile] = useState<{ name: string; bytes: Uint8Array<ArrayBuffer> }>();
  const change = useCallback((chosen: Picture) => {
    setFile(undefined);
    setPicture(chosen);
  }, []);
  const options = useMemo<LossyOptions>(
    () => ({ wavelet, finest: 2 ** finest, vocabulary, reading, color, padding: paddingOf(size) }),
    [size, wavelet, finest, vocabulary, reading, color],
  );
  const encoded = useLatest<Encoded>(() => {
    if (worker && file) return worker.openFile(file.bytes, file.name);
    if (worker && picture)
      return worker.encode(picture.raster, picture.name, Number(size), options);
    return undefined;
  }, [worker, picture, file, size, options]);

  const save = async () => {
    if (worker && encoded.value)
      download(`${encoded.value.name.replace(/\.\w+$/, "")}.ondl`, new Blob([await worker.file()]));
  };
  const setting = file !== undefined;
  return (
    <Workbench
      stageFirst
      controls={
        <>
          <PictureInput
            example={example}
            chooseExample={(name) => set({ example: name })}
            change={change}
          />
          <fieldset class="group">
            <legend>Language</legend>
            <Choice
              label="Longer side, pixels"
              value={size}
              choices={sizes}
              disabled={setting}
              change={(size) => set({ size, bytes: 0 })}
            />
            <Choice
              label="Wavelet"
              value={wavelet}
              choices={wavelets}
              disabled={setting}
              change={(wavelet) => set({ wavelet, bytes: 0 })}
            />
            <Slider
              label="Finest threshold"
              value={finest}
              min={-8}
              max={0}
              shown={thresholdText(finest)}
              disabled={setting}
              change={(finest) => set({ finest, bytes: 0 })}
            />
            <Choice
              label="Vocabulary"
              value={vocabulary}
              choices={vocabularies}
              disabled={setting}
              change={(vocabulary) => set({ vocabulary, bytes: 0 })}
            />
            <Choice
              label="Reading"
              value={reading}
              choices={readings}
              disabled={setting}
              change={(reading) => set({ reading, bytes: 0 })}
            />
            <Choice
              label="Channels"
              value={color}
              choices={colors}
              disabled={setting}
              change={(color) => set({ color, bytes: 0 })}
            />
          </fieldset>
          <fieldset class="group">
            <legend>File</legend>
            <Buttons>
              <Button disabled={!encoded.value} action={() => void save()}>
                Download .ondl
              </Button>
              <FileButton
                label="Open .ondl …"
                accept=".ondl"
                take={async ([first]) => {
                  if (!first) return;
                  const bytes = new Uint8Array(await first.arrayBuffer());
                  setFile({ name: first.name, bytes });
                  set({ bytes: 0 });
                }}
              />
              {file && <Button action={() => setFile(undefined)}>Close it</Button>}
            </Buttons>
            <p class="hint">
              {file
                ? `Now: ${file.name}, with the settings of its header.`
                : "The file is what `ondelette image encode` writes, and any beginning of it decodes."}
            </p>
          </fieldset>
        </>
      }
    >
      {encoded.error !== undefined && <Failure message={encoded.error} />}
      {encoded.value && worker ? (
        <Stream
          key={encoded.value.id}
          encoded={encoded.value}
          busy={encoded.busy}
          worker={worker}
          state={state}
          set={set}
          showDigit={() => {
            setFile(undefined);
            set({ ...digitSettings, bytes: 0 });
          }}
        />
      ) : (
        encoded.error === undefined && <Waiting what="Encoding" />
      )}
    </Workbench>
  );
}
