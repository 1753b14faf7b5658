import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Run } from "../../../../src/server/api.ts";
import {
  choiceField,
  flagField,
  numberField,
  textField,
  useAddress,
} from "../../shared/address.ts";
import { Button, Buttons, Choice, Slider, Switch } from "../../shared/controls.tsx";
import { Failure, Figure, Waiting, Workbench } from "../../shared/figure.tsx";
import { isServed } from "../../shared/served.ts";
import { Curves, type Parts, parts } from "./curves.tsx";
import { Details } from "./details.tsx";
import { Differences, mostCompared } from "./differences.tsx";
import { Jobs } from "./jobs.tsx";
import { columnNames, type Known, matches, metricsOf, sorted } from "./model.ts";
import { NotServed } from "./notServed.tsx";
import { Samples } from "./samples.tsx";
import { readSelection, type Selection, selected, writeSelection } from "./selection.ts";
import { ResumeDialog, StartDialog } from "./start.tsx";
import "./style.css";
import { RunTable } from "./table.tsx";
import { countText } from "./text.ts";
import { useCurves, useDetails, useStudio } from "./useStudio.ts";

const fields = {
  filter: textField(""),
  sort: choiceField("changed", columnNames),
  falling: flagField(true),
  metric: textField(""),
  axis: choiceField("step", ["step", "seconds"]),
  parts: choiceField<Parts>("both", ["both", "training", "validation"]),
  logX: flagField(false),
  logY: flagField(false),
  smoothing: numberField(0, 0, 0.99),
  /** The runs that are drawn; the usual ones where it is empty. */
  draw: textField("", 4000),
  run: textField("", 300),
};

/** Trainings of this computer, as the server of the studio tells of them. */
export default function Runs() {
  return isServed ? <Served /> : <NotServed />;
}

function Served() {
  const { known, trouble } = useStudio();
  return (
    <>
      {trouble !== undefined && <Failure message={trouble} />}
      {known ? (
        <Studio known={known} />
      ) : (
        trouble === undefined && <Waiting what="Reading the runs" />
      )}
    </>
  );
}

const palette = ["--line-1", "--line-2", "--line-3", "--line-4", "--line-5", "--line-6"] as const;

/** The time, to the half minute. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The chosen runs; in the address as well, unless they are too many for one. */
function useSelection(
  draw: string,
  set: (change: { readonly draw: string }) => void,
): readonly [Selection, (selection: Selection) => void] {
  const [selection, setSelection] = useState(() => readSelection(draw));
  const select = useCallback(
    (now: Selection) => {
      setSelection(now);
      set({ draw: writeSelection(now) });
    },
    [set],
  );
  return [selection, select];
}

function Studio({ known }: { readonly known: Known }) {
  const [state, set] = useAddress(fields);
  const { filter, sort, falling, axis, logX, logY, smoothing, run: focused } = state;
  const [dialog, setDialog] = useState<"start" | Run>();
  const now = useNow();
  const { runs, jobs } = known;
  const all = useMemo(() => [...runs.values()], [runs]);

  // What is drawn: chosen, or the usual; the same array as long as it is the same.
  const [selection, select] = useSelection(state.draw, set);
  const key = JSON.stringify(selected(selection, runs));
  const names = useMemo<readonly string[]>(() => JSON.parse(key), [key]);
  const colors = useMemo(
    () => new Map(names.map((name, i) => [name, palette[i % palette.length]!])), // not empty
    [names],
  );
  const drawn = useMemo(() => names.flatMap((name) => runs.get(name) ?? []), [names, runs]);
  const metrics = useMemo(() => metricsOf(drawn.length > 0 ? drawn : all), [drawn, all]);
  const metric = state.metric !== "" ? state.metric : (metrics[0] ?? "loss");
  const { curves, error } = useCurves(drawn, metric);
  const compared = useMemo(() => drawn.slice(0, mostCompared), [drawn]);
  const { details, error: lost } = useDetails(compared);
  const rows = useMemo(
    () =>
      sorted(
        all.filter((run) => matches(run, filter)),
        sort,
        falling,
        metric,
      ),
    [all, filter, sort, falling, metric],
  );

  const show = useCallback(
    (changed: readonly string[], isShown: boolean) => {
      const moved = new Set(changed);
      const others = names.filter((name) => !moved.has(name));
      const now = isShown ? [...others, ...changed] : others;
      select(now.length === runs.size && changed.length > 1 ? "all" : now);
    },
    [names, select, runs.size],
  );
  const focus = useCallback((run: string) => set({ run }), [set]);
  const sortBy = useCallback(
    (column: (typeof columnNames)[number]) =>
      set(column === sort ? { falling: !falling } : { sort: column, falling: column !== "name" }),
    [sort, falling, set],
  );
  const detailed = runs.get(focused);
  const loose = [...jobs.values()].filter(({ run, ended, state }) =>
    runs.has(run) ? false : ended === undefined || state === "failed" || state === "finished",
  );
  const running = all.filter(({ state }) => state === "running").length;
  const started = (run: string) => {
    setDialog(undefined);
    set({ run });
    if (Array.isArray(selection)) select([...new Set([...selection, run])]);
  };

  return (
    <Workbench
      controls={
        <>
          <p class="note">
            {known.folder}: {countText(runs.size)} {runs.size === 1 ? "run" : "runs"}, {running}{" "}
            running
          </p>
          <Buttons>
            <Button main action={() => setDialog("start")}>
              New training …
            </Button>
          </Buttons>
          <div class="control">
            <label for="filter">Filter</label>
            <input
              id="filter"
              type="search"
              value={filter}
              placeholder="words of name, kind, state …"
              onInput={({ currentTarget }) => set({ filter: currentTarget.value })}
            />
          </div>
          <fieldset class="group">
            <legend>Curves</legend>
            <Choice
              label="Metric"
              value={metric}
              choices={Object.fromEntries(
                [...new Set([metric, ...metrics])].map((name) => [name, name]),
              )}
              change={(name) => set({ metric: name })}
            />
            <Choice
              label="Over"
              value={axis}
              choices={{ step: "steps", seconds: "seconds" }}
              change={(axis) => set({ axis })}
            />
            <Choice
              label="Of"
              value={state.parts}
              choices={parts}
              change={(parts) => set({ parts })}
            />
            <Slider
              label="Smoothing"
              value={smoothing}
              min={0}
              max={0.99}
              step={0.01}
              shown={smoothing.toFixed(2)}
              change={(smoothing) => set({ smoothing })}
            />
            <Switch label="Logarithmic across" value={logX} change={(logX) => set({ logX })} />
            <Switch label="Logarithmic upward" value={logY} change={(logY) => set({ logY })} />
          </fieldset>
          <Buttons>
            <Button disabled={selection === "usual"} action={() => select("usual")}>
              Draw the newest
            </Button>
            <Button disabled={names.length === 0} action={() => select([])}>
              Draw none
            </Button>
          </Buttons>
          {known.notice !== undefined && <p class="hint">{known.notice}</p>}
        </>
      }
    >
      <Figure title="Runs" wide>
        {runs.size === 0 ? (
          <p class="note">There are no runs in {known.folder} yet. “New training” starts one.</p>
        ) : (
          <RunTable
            runs={rows}
            jobs={jobs}
            metric={metric}
            sort={sort}
            falling={falling}
            shown={colors}
            focused={focused}
            now={now}
            sortBy={sortBy}
            show={show}
            focus={focus}
          />
        )}
      </Figure>
      {loose.length > 0 && <Jobs jobs={loose} />}
      {detailed && (
        <Details
          key={focused}
          run={detailed}
          job={jobs.get(focused)}
          resume={() => setDialog(detailed)}
        />
      )}
      {error !== undefined && <Failure message={error} />}
      {lost !== undefined && <Failure message={lost} />}
      {runs.size > 0 && (
        <>
          <Curves
            names={names}
            colors={colors}
            curves={curves}
            metric={metric}
            axis={axis}
            logX={logX}
            logY={logY}
            smoothing={smoothing}
            parts={state.parts}
          />
          <Samples names={names} details={details} />
          <Differences names={names} details={details} />
        </>
      )}
      {dialog === "start" && (
        <StartDialog runs={all} started={started} close={() => setDialog(undefined)} />
      )}
      {typeof dialog === "object" && (
        <ResumeDialog run={dialog} started={started} close={() => setDialog(undefined)} />
      )}
    </Workbench>
  );
}
