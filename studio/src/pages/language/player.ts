import { useEffect, useRef, useState } from "preact/hooks";

/** Tokens after `seconds` of play from `position`, where their number doubles every `doubling` seconds. */
export const grown = (position: number, seconds: number, doubling: number): number =>
  (position + slowStart) * 2 ** (seconds / doubling) - slowStart;

/** The first tokens go by as slowly as if there had been so many before. */
const slowStart = 12;

/**
 * Plays a stream: the number of tokens read grows with time until all are read. The coarse planes are a small part of the tokens
 * and most of the picture, so that every doubling takes the same time.
 */
export function usePlayer(length: number, doubling: number, start: number) {
  const [position, setPosition] = useState(start);
  const [playing, setPlaying] = useState(false);
  const exact = useRef(position);
  const pace = useRef(doubling);
  pace.current = doubling;

  const seek = (count: number) => {
    exact.current = count;
    setPosition(count);
  };

  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      exact.current = Math.min(length, grown(exact.current, (now - last) / 1000, pace.current));
      last = now;
      setPosition(Math.floor(exact.current));
      if (exact.current >= length) setPlaying(false);
      else frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, length]);

  return {
    position,
    playing,
    seek(count: number) {
      setPlaying(false);
      seek(count);
    },
    play() {
      if (exact.current >= length) seek(0);
      setPlaying(true);
    },
    pause: () => setPlaying(false),
  };
}
