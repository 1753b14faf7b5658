import { useEffect, useRef, useState } from "preact/hooks";
import type { Curve, Run, RunDetails } from "../../../../src/server/api.ts";
import { messageOf } from "../../shared/latest.ts";
import { changed, type Known, knownOf } from "./model.ts";
import { replaced } from "./series.ts";
import { listen, server, TokenError } from "./server.ts";

/** What the server tells, as long as the page is open. */
export interface Studio {
  readonly known?: Known;
  /** Why nothing is told now, in a sentence. */
  readonly trouble?: string;
}

export function useStudio(): Studio {
  const [studio, setStudio] = useState<Studio>({});
  useEffect(() => {
    const stop = new AbortController();
    const listener = {
      everything: (everything: Parameters<typeof knownOf>[0]) =>
        setStudio({ known: knownOf(everything) }),
      change: (change: Parameters<typeof changed>[1]) =>
        setStudio(({ known, ...rest }) => ({
          ...rest,
          ...(known && { known: changed(known, change) }),
        })),
      lost: (error: unknown) =>
        setStudio((last) => ({
          ...last,
          trouble:
            error instanceof TokenError
              ? "This address has no token, or that of an earlier start: open the one that “ondelette studio” has printed."
              : "The server of the studio does not answer; the page tries again.",
        })),
    };
    void listen(listener, stop.signal);
    return () => stop.abort();
  }, []);
  return studio;
}

/** Milliseconds after which the files of a run that goes on are listed again. */
const filesEvery = 5000;

/** Milliseconds after which what did not come is asked for again. */
const againAfter = 1500;

/** Configuration and files of runs, asked for again when a run has changed or they did not come. */
export function useDetails(runs: readonly Run[]) {
  const [details, setDetails] = useState<ReadonlyMap<string, RunDetails>>(new Map());
  const [error, setError] = useState<string>();
  const [turn, setTurn] = useState(0);
  const versions = useRef(new Map<string, string>());
  useEffect(() => {
    for (const { name, state, configured, changed } of runs) {
      const version = `${state} ${configured} ${Math.floor(changed / filesEvery)}`;
      if (versions.current.get(name) === version) continue;
      versions.current.set(name, version);
      server.details(name).then(
        (each) => {
          setDetails((known) => new Map(known).set(name, each));
          setError(undefined);
        },
        (reason) => {
          setError(messageOf(reason));
          versions.current.delete(name);
          setTimeout(() => setTurn((last) => last + 1), againAfter);
        },
      );
    }
  }, [runs, turn]);
  return { details, error };
}

/** Of so many runs the server reads every row; of more, some. */
const mostExact = 16;

/** What a curve was read from. */
interface Version {
  readonly changed: number;
  readonly step: number;
  readonly exact: boolean;
}

/** The curves of a metric of some runs, read again when a run has changed or they did not come. */
export function useCurves(runs: readonly Run[], metric: string) {
  const [curves, setCurves] = useState<ReadonlyMap<string, Curve>>(new Map());
  const [error, setError] = useState<string>();
  const [turn, setTurn] = useState(0);
  const state = useRef({ metric: "", versions: new Map<string, Version>(), busy: false });

  useEffect(() => {
    const now = state.current;
    if (now.metric !== metric) {
      now.metric = metric;
      now.versions.clear();
      setCurves(new Map());
    }
    const wanted = runs.filter(({ name, changed, step }) => {
      const has = now.versions.get(name);
      const isExact = has?.exact || runs.length > mostExact;
      return !(has && has.changed === changed && has.step === step && isExact);
    });
    if (now.busy || wanted.length === 0 || metric === "") return;
    now.busy = true;
    const exact = wanted.length <= mostExact;
    const read = async () => {
      try {
        const newer = await server.curves({ runs: wanted.map(({ name }) => name), metric });
        if (now.metric === metric) {
          for (const { name, changed, step } of wanted)
            now.versions.set(name, { changed, step, exact });
          setCurves((known) => replaced(known, newer));
        }
        setError(undefined);
      } catch (reason) {
        setError(messageOf(reason));
        await new Promise((resolve) => setTimeout(resolve, againAfter));
      } finally {
        now.busy = false;
      }
      setTurn((last) => last + 1);
    };
    void read();
  }, [runs, metric, turn]);

  return { curves, error };
}
