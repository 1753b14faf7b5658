import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Series } from "./series.ts";

/** Plays a sound from a place, a share of its length, and tells where it is, frame by frame. */
export function usePlayer(
  series: Series | undefined,
  moved: (share: number) => void,
): {
  readonly isPlaying: boolean;
  readonly play: (from: number) => void;
  readonly stop: () => void;
} {
  const [isPlaying, setPlaying] = useState(false);
  const end = useRef<(() => void) | undefined>(undefined);
  const tell = useRef(moved);
  tell.current = moved;

  const stop = useCallback(() => {
    end.current?.();
    end.current = undefined;
    setPlaying(false);
  }, []);

  const play = useCallback(
    (share: number) => {
      stop();
      if (!series) return;
      const { samples, rate } = series;
      const seconds = samples.length / rate;
      const from = share > 0.98 ? 0 : share * seconds;
      const context = new AudioContext();
      const buffer = context.createBuffer(1, samples.length, rate);
      const loudest = samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
      buffer.copyToChannel(
        new Float32Array(samples).map((x) => (0.9 * x) / loudest),
        0,
      );
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(context.destination);
      const begun = context.currentTime;
      source.start(0, from);
      let frame = 0;
      const follow = () => {
        tell.current(Math.min(1, (from + context.currentTime - begun) / seconds));
        frame = requestAnimationFrame(follow);
      };
      follow();
      source.onended = stop;
      end.current = () => {
        cancelAnimationFrame(frame);
        source.onended = null;
        void context.close();
      };
      setPlaying(true);
    },
    [series, stop],
  );

  // Another signal, or another page
  useEffect(() => stop, [play, stop]);
  return { isPlaying, play, stop };
}
