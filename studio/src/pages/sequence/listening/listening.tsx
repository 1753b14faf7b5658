import { useCallback, useRef, useState } from "preact/hooks";
import chorale from "../../../../../docs/listening/piano-1.mid?url";
import voice2 from "../../../../../docs/listening/voice-2.wav?url";
import voice3 from "../../../../../docs/listening/voice-3.wav?url";
import { Button, Buttons, Choice, Slider } from "../../../shared/controls.tsx";
import { Drawn } from "../../../shared/drawn.tsx";
import { Facts, Failure, Figure, Workbench } from "../../../shared/figure.tsx";
import { useLatest } from "../../../shared/latest.ts";
import type { Settings } from "../usePage.ts";
import { drawPiece } from "./drawPiece.ts";
import { openPiece } from "./sounds.ts";
import { usePlayer } from "./usePlayer.ts";

type PieceName = Settings["piece"];

const shipped = {
  chorale: {
    url: chorale,
    title: "A chorale (MIDI)",
    about:
      "A minute of a model of 4 layers that learned 229 chorales of Bach; the first 5 seconds are from a chorale that it does not know.",
  },
  "voice-2": {
    url: voice2,
    title: "A voice, seed 2 (WAV)",
    about:
      "24,000 samples, 3 seconds, of a model that learned spoken digits sample by sample in 1,000 steps. It says no word.",
  },
  "voice-3": {
    url: voice3,
    title: "A voice, seed 3 (WAV)",
    about: "The same model with another random seed.",
  },
} as const;

const titles: Readonly<Record<PieceName, string>> = {
  chorale: shipped.chorale.title,
  "voice-2": shipped["voice-2"].title,
  "voice-3": shipped["voice-3"].title,
  own: "A file of mine",
};

const height = 220;

/** Samples of sequence models, to be heard; and files of the visitor's own. */
export function Listening({
  piece: name,
  choose,
}: {
  readonly piece: PieceName;
  readonly choose: (piece: PieceName) => void;
}) {
  const [own, setOwn] = useState<File>();
  const dialogue = useRef<HTMLInputElement>(null);
  const opened = useLatest(async () => {
    if (name === "own") {
      return own && openPiece(new Uint8Array(await own.arrayBuffer()), own.name);
    }
    const response = await fetch(shipped[name].url);
    return openPiece(new Uint8Array(await response.arrayBuffer()), shipped[name].title);
  }, [name, own]);
  const piece = opened.value;
  const player = usePlayer(piece);
  const { at } = player;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number) =>
      piece && drawPiece(context, width, height, piece, at),
    [piece, at],
  );
  const seek = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    if (piece) player.seek(((event.clientX - box.left) / box.width) * piece.seconds);
  };
  return (
    <Workbench
      controls={
        <fieldset class="group">
          <legend>Listen</legend>
          <Choice label="Sample" value={name} choices={titles} change={choose} />
          <Buttons>
            <Button main disabled={!piece} action={player.isPlaying ? player.stop : player.play}>
              {player.isPlaying ? "Stop" : "Listen"}
            </Button>
            <Button action={() => dialogue.current?.click()}>Open …</Button>
          </Buttons>
          <input
            ref={dialogue}
            class="hidden"
            type="file"
            accept=".mid,.midi,.wav,audio/*"
            aria-label="Music or sound of your own"
            tabIndex={-1}
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file) {
                setOwn(file);
                choose("own");
              }
              currentTarget.value = "";
            }}
          />
          <Slider
            label="Position"
            value={Math.round(at * 10) / 10}
            min={0}
            max={Math.max(0.1, Math.floor((piece?.seconds ?? 0) * 10) / 10)}
            step={0.1}
            shown={`${at.toFixed(1)} s`}
            disabled={!piece}
            change={player.seek}
          />
        </fieldset>
      }
    >
      <Figure
        title="Samples to hear"
        wide
        busy={opened.busy}
        note={
          name === "own"
            ? own
              ? "Played in this browser; it is sent nowhere."
              : "Open a MIDI file, such as ondelette sequence sample writes, or a sound."
            : shipped[name].about
        }
      >
        {opened.error && <Failure message={opened.error} />}
        <div class="piece" onPointerDown={seek}>
          <Drawn
            label={
              piece?.notes
                ? `Piano roll of ${piece.notes.length} notes`
                : `Loudness of ${titles[name]} over time`
            }
            height={height}
            draw={draw}
          />
        </div>
        {piece && (
          <Facts
            facts={{
              Length: `${piece.seconds.toFixed(1)} s`,
              ...(piece.notes
                ? { Notes: `${piece.notes.length}` }
                : { Rate: `${piece.buffer.sampleRate} Hz` }),
            }}
          />
        )}
      </Figure>
    </Workbench>
  );
}
