import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Piece } from "./sounds.ts";

/** A piece as it is heard. */
export interface Player {
  readonly isPlaying: boolean;
  /** Seconds from its beginning. */
  readonly at: number;
  readonly play: () => void;
  readonly stop: () => void;
  /** Goes to a second; goes on playing if it did. */
  readonly seek: (at: number) => void;
}

interface Sounding {
  readonly source: AudioBufferSourceNode;
  /** Time of the audio clock at which the piece would have begun. */
  readonly begun: number;
}

/** Plays a piece from where it was stopped. */
export function usePlayer(piece: Piece | undefined): Player {
  const context = useRef<AudioContext>(undefined);
  const sounding = useRef<Sounding>(undefined);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const place = useRef(0);

  const silence = useCallback(() => {
    if (!sounding.current) return;
    sounding.current.source.onended = null;
    sounding.current.source.stop();
    sounding.current = undefined;
  }, []);
  const move = useCallback((to: number) => {
    place.current = to;
    setAt(to);
  }, []);
  const stop = useCallback(() => {
    silence();
    setPlaying(false);
  }, [silence]);
  const playFrom = useCallback(
    (from: number) => {
      if (!piece) return;
      silence();
      context.current ??= new AudioContext(); // allowed after the visitor's click
      const now = context.current;
      void now.resume();
      const source = now.createBufferSource();
      source.buffer = piece.buffer;
      source.connect(now.destination);
      source.onended = () => {
        sounding.current = undefined;
        setPlaying(false);
        move(0);
      };
      source.start(0, from);
      sounding.current = { source, begun: now.currentTime - from };
      setPlaying(true);
    },
    [piece, silence, move],
  );

  useEffect(() => {
    move(0);
    return stop;
  }, [piece, move, stop]);
  useEffect(() => () => void context.current?.close(), []);
  useEffect(() => {
    if (!isPlaying) return;
    let frame = requestAnimationFrame(function follow() {
      const now = context.current?.currentTime ?? 0;
      if (sounding.current) move(Math.min(piece?.seconds ?? 0, now - sounding.current.begun));
      frame = requestAnimationFrame(follow);
    });
    return () => cancelAnimationFrame(frame);
  }, [isPlaying, piece, move]);

  return {
    isPlaying,
    at,
    play: useCallback(() => playFrom(place.current), [playFrom]),
    stop,
    seek(to) {
      move(to);
      if (isPlaying) playFrom(to);
    },
  };
}
