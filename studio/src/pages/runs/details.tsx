import { useEffect, useRef, useState } from "preact/hooks";
import type { Job, Run } from "../../../../src/server/api.ts";
import { Button, Buttons } from "../../shared/controls.tsx";
import { download } from "../../shared/download.ts";
import { Facts, Failure, Figure } from "../../shared/figure.tsx";
import { messageOf } from "../../shared/latest.ts";
import { server } from "./server.ts";
import { State } from "./table.tsx";
import { countText, durationText, numberText, planText } from "./text.ts";

/** One run: how far it is, what can be done with it, and what its process writes. */
export function Details({
  run,
  job,
  resume,
}: {
  readonly run: Run;
  readonly job: Job | undefined;
  readonly resume: () => void;
}) {
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState<string>();
  const attempt = async (what: string, work: () => Promise<void>) => {
    setBusy(what);
    setError(undefined);
    try {
      await work();
    } catch (reason) {
      setError(messageOf(reason));
    }
    setBusy(undefined);
  };
  const save = (ending: "safetensors" | "onnx") =>
    attempt(ending, async () => {
      const blob = await (ending === "onnx" ? server.onnx(run.name) : server.weights(run.name));
      download(`${run.name.replace(/^.*\//, "")}.${ending}`, blob);
    });
  const isRunning = run.state === "running";
  const stopping = job?.state === "stopping";
  const mayStop = run.canStop || (job !== undefined && job.ended === undefined);
  return (
    <Figure title={run.name} wide>
      <State run={run} stopping={stopping} />
      {run.problem !== undefined && <Failure message={run.problem} />}
      <Facts facts={factsOf(run)} />
      <Buttons>
        {isRunning ? (
          <Button
            main
            disabled={!mayStop || stopping || busy !== undefined}
            action={() => attempt("stop", async () => void (await server.stop({ run: run.name })))}
          >
            Stop
          </Button>
        ) : (
          <Button main disabled={busy !== undefined} action={resume}>
            Resume …
          </Button>
        )}
        <Button disabled={busy !== undefined} action={() => void save("safetensors")}>
          Download weights
        </Button>
        <Button disabled={busy !== undefined} action={() => void save("onnx")}>
          {busy === "onnx" ? "Writing ONNX …" : "Download ONNX"}
        </Button>
      </Buttons>
      {isRunning && !mayStop && (
        <p class="note">
          Its process cannot be interrupted from here: it runs on another machine, or does not say
          that it saves when it is.
        </p>
      )}
      {error !== undefined && <Failure message={error} />}
      {job ? (
        <Log run={run.name} written={job.written} />
      ) : (
        <p class="note">What a process writes is kept for those that were started here.</p>
      )}
    </Figure>
  );
}

const factsOf = (run: Run): Record<string, string> => {
  const { parameters, metrics, validation } = run;
  const shown = (values: Run["metrics"], suffix: string) =>
    Object.entries(values).flatMap(([key, value]) =>
      // What each rank did has curves, and there may be many.
      /^computing\d/.test(key) ? [] : [[`${key}${suffix}`, numberText(value)] as const],
    );
  return {
    plan: planText(run) || `${countText(run.step)} steps`,
    time: durationText(run.seconds),
    ...(parameters !== undefined && { parameters: countText(parameters) }),
    ...(run.data !== undefined && { data: run.data }),
    ...Object.fromEntries(shown(metrics, "")),
    ...Object.fromEntries(shown(validation, ", validation")),
  };
};

/** What a process has written; the end stays in view while it grows. */
export function Log({ run, written }: { readonly run: string; readonly written: number }) {
  const [text, setText] = useState("");
  const box = useRef<HTMLPreElement>(null);
  // the log is read again when more was written
  useEffect(() => {
    let isWanted = true;
    server.log(run).then(
      (log) => isWanted && setText(log.text),
      () => {}, // the next lines ask again
    );
    return () => {
      isWanted = false;
    };
  }, [run, written]);
  // scrolled when the text is another
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [text]);
  return (
    // What scrolls must be reached with the keyboard.
    <pre
      ref={box}
      class="log"
      role="log"
      aria-live="off"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      aria-label={`Log of ${run}`}
    >
      {text || "Nothing was written yet."}
    </pre>
  );
}
