import { proxy, type Remote, transfer } from "comlink";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { FieldsApi } from "../worker.ts";
import { between, type Look, panned, type Size, wholeLook, within, zoomed } from "./place.ts";
import type { Pace } from "./stage.ts";

/** Milliseconds from one look to the next, for keys, buttons and wheels with steps. */
const glide = 220;
/** A canvas has no more pixels a side than this. */
const mostPixels = 1024;

/** Three canvases that the worker draws on, and a look that wheel, fingers, mouse and keys move. */
export function usePanels(
  remote: Remote<FieldsApi> | undefined,
  picture: Size | undefined,
  start: Look | undefined,
  settled: (look: Look) => void,
) {
  const field = useRef<HTMLCanvasElement>(null);
  const beside = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const [pace, setPace] = useState<Pace>();
  const [shown, setShown] = useState<Look>();
  const at = useRef<Look | undefined>(undefined);
  const goal = useRef<
    { readonly from: Look; readonly to: Look; readonly since: number } | undefined
  >(undefined);
  const frame = useRef(0);
  const calm = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = useRef(settled);
  tell.current = settled;

  // The canvases go to the worker once, when both are there.
  const isHeld = useRef(false);
  useEffect(() => {
    const all = [field.current, beside.current, over.current] as const;
    const [first, second, third] = all;
    if (!remote || !first || !second || !third || isHeld.current) return;
    isHeld.current = true;
    const canvases = {
      field: first.transferControlToOffscreen(),
      beside: second.transferControlToOffscreen(),
      over: third.transferControlToOffscreen(),
    };
    void remote.attach(
      transfer(canvases, Object.values(canvases)),
      pixelsOf(first),
      proxy((now: Pace) => setPace(now)),
    );
    const resized = new ResizeObserver(() => void remote.resize(pixelsOf(first)));
    resized.observe(first);
    return () => resized.disconnect();
  }, [remote]);

  const put = useCallback(
    (look: Look) => {
      at.current = look;
      void remote?.look(look);
      clearTimeout(calm.current);
      calm.current = setTimeout(() => {
        setShown(look);
        tell.current(look);
      }, 150);
    },
    [remote],
  );

  // Another picture is seen whole; the first as the address says.
  const first = useRef(start);
  const width = picture?.width;
  const height = picture?.height;
  useEffect(() => {
    if (width === undefined || height === undefined) return;
    const size = { width, height };
    goal.current = undefined;
    put(
      first.current
        ? within(first.current, size)
        : (at.current && within(at.current, size)) || wholeLook(size),
    );
    first.current = undefined;
  }, [width, height, put]);

  /** Goes there in a moment, through the looks between. */
  const glideTo = useCallback(
    (to: Look) => {
      if (!at.current) return;
      goal.current = { from: at.current, to, since: performance.now() };
      cancelAnimationFrame(frame.current);
      const step = () => {
        const way = goal.current;
        if (!way) return;
        const share = Math.min(1, (performance.now() - way.since) / glide);
        put(between(way.from, way.to, share));
        if (share < 1) frame.current = requestAnimationFrame(step);
        else goal.current = undefined;
      };
      step();
    },
    [put],
  );

  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  /** Goes on from where the last motion leads. */
  const move = useCallback(
    (change: (look: Look, picture: Size) => Look, isSmooth: boolean) => {
      const from = goal.current?.to ?? at.current;
      if (!from || width === undefined || height === undefined) return;
      const to = change(from, { width, height });
      if (isSmooth) glideTo(to);
      else {
        goal.current = undefined;
        put(to);
      }
    },
    [width, height, glideTo, put],
  );

  const center = { across: 0.5, down: 0.5 };
  const zoomBy = (factor: number) => move((look, size) => zoomed(look, factor, center, size), true);
  const whole = () => move((_, size) => wholeLook(size), true);
  const keys = (event: KeyboardEvent) => {
    const fine = event.shiftKey ? 0.02 : 0.1;
    const shift = arrows[event.key];
    if (shift)
      move(
        (look, size) => panned(look, { across: -fine * shift[0], down: -fine * shift[1] }, size),
        true,
      );
    else if (event.key === "+" || event.key === "=") zoomBy(1.5);
    else if (event.key === "-" || event.key === "_") zoomBy(1 / 1.5);
    else if (event.key === "0" || event.key === "Home") whole();
    else return;
    event.preventDefault();
  };
  return { refs: { field, beside, over }, pace, look: shown, move, zoomBy, whole, keys };
}

const arrows: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The pixels of the screen that a canvas covers. */
function pixelsOf({ clientWidth, clientHeight }: HTMLCanvasElement): Size {
  const dots = Math.min(devicePixelRatio, mostPixels / Math.max(1, clientWidth, clientHeight));
  return {
    width: Math.max(1, Math.round(clientWidth * dots)),
    height: Math.max(1, Math.round(clientHeight * dots)),
  };
}
