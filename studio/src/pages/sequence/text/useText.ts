import { createStore, get, set } from "idb-keyval";
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { almanac } from "./almanac.ts";

/** Characters of the shipped text, and of a text of one's own at most. */
const shippedLength = 200_000;
export const longestText = 2_000_000;

const key = "own";

/** The text that is learned, and a visitor's own, which stays in this browser. */
export function useText(choice: "almanac" | "own"): {
  readonly text: string;
  readonly own: string;
  readonly setOwn: (text: string) => void;
} {
  const shipped = useMemo(() => almanac(shippedLength), []);
  const [own, setText] = useState("");
  const store = useMemo(() => createStore("ondelette-sequence-text", "texts"), []);
  useEffect(() => {
    // Where a browser keeps nothing there is no text of before.
    get<string>(key, store).then(
      (kept) => kept !== undefined && setText(kept),
      () => {},
    );
  }, [store]);
  const setOwn = useCallback(
    (text: string) => {
      const kept = text.slice(0, longestText);
      setText(kept);
      set(key, kept, store).catch(() => {}); // it is used all the same
    },
    [store],
  );
  return { text: choice === "own" && own !== "" ? own : shipped, own, setOwn };
}
