import { memo } from "preact/compat";
import { useEffect, useState } from "preact/hooks";
import type { Job, Run } from "../../../../src/server/api.ts";
import { type Column, columnNames, columns } from "./model.ts";
import { agoText, countText, durationText, numberText, planText } from "./text.ts";

export interface TableProps {
  /** In the order of the rows. */
  readonly runs: readonly Run[];
  readonly jobs: ReadonlyMap<string, Job>;
  readonly metric: string;
  readonly sort: Column;
  readonly falling: boolean;
  /** The colors of the runs that are shown in the chart. */
  readonly shown: ReadonlyMap<string, `--${string}`>;
  readonly focused: string;
  readonly now: number;
  readonly sortBy: (column: Column) => void;
  readonly show: (runs: readonly string[], shown: boolean) => void;
  readonly focus: (run: string) => void;
}

/** More rows would make the page slow; a filter finds the others. */
const mostRows = 1000;

/** Rows that are added at once: more would hold up the page. */
const rowsAtOnce = 100;

/** A count that grows to `whole` in steps, one a frame, and falls at once. */
function useGrowing(whole: number): number {
  const [count, setCount] = useState(rowsAtOnce);
  useEffect(() => {
    if (count >= whole) return;
    const frame = requestAnimationFrame(() => setCount(count + rowsAtOnce));
    return () => cancelAnimationFrame(frame);
  }, [count, whole]);
  return Math.min(count, whole);
}

/** All runs, a row each: which are shown in the chart, and how they are doing. */
export function RunTable(props: TableProps) {
  const { runs, jobs, metric, sort, falling, shown, focused, now, sortBy, show, focus } = props;
  const rows = runs.slice(0, useGrowing(Math.min(runs.length, mostRows)));
  const all = runs.length > 0 && runs.every(({ name }) => shown.has(name));
  const some = runs.some(({ name }) => shown.has(name));
  return (
    <>
      <section
        class="run-table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
        tabIndex={0}
        aria-label="Table of runs"
      >
        <table>
          <caption class="hidden">Runs; the marked ones are drawn</caption>
          <thead>
            <tr>
              <th scope="col">
                <input
                  type="checkbox"
                  aria-label={`Draw all ${runs.length} runs`}
                  checked={all}
                  ref={(box) => {
                    if (box) box.indeterminate = some && !all;
                  }}
                  onChange={() =>
                    show(
                      runs.map(({ name }) => name),
                      !all,
                    )
                  }
                />
              </th>
              {columnNames.map((column) => (
                <Head
                  key={column}
                  column={column}
                  title={scores.has(column) ? `${columns[column]} ${metric}` : columns[column]}
                  order={column === sort ? (falling ? "descending" : "ascending") : undefined}
                  sortBy={sortBy}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((run) => (
              <Row
                key={run.name}
                run={run}
                stopping={jobs.get(run.name)?.state === "stopping"}
                metric={metric}
                color={shown.get(run.name)}
                focused={run.name === focused}
                ago={agoText(run.changed, now)}
                show={show}
                focus={focus}
              />
            ))}
          </tbody>
        </table>
      </section>
      {runs.length > mostRows && (
        <p class="note">
          {mostRows} of {countText(runs.length)} rows are listed; a filter finds the others.
        </p>
      )}
    </>
  );
}

const Head = memo(
  ({
    column,
    title,
    order,
    sortBy,
  }: {
    readonly column: Column;
    readonly title: string;
    readonly order: "ascending" | "descending" | undefined;
    readonly sortBy: (column: Column) => void;
  }) => (
    <th scope="col" aria-sort={order} class={numeric.has(column) ? "number" : undefined}>
      <button type="button" class="sort" onClick={() => sortBy(column)}>
        {title}
        <span aria-hidden="true">{order ? (order === "ascending" ? " ↑" : " ↓") : ""}</span>
      </button>
    </th>
  ),
);

/** Columns of the metric that is drawn, and columns of numbers. */
const scores: ReadonlySet<Column> = new Set(["training", "validation"]);
const numeric: ReadonlySet<Column> = new Set(["step", "seconds", ...scores]);

interface RowProps {
  readonly run: Run;
  readonly stopping: boolean;
  readonly metric: string;
  readonly color: `--${string}` | undefined;
  readonly focused: boolean;
  readonly ago: string;
  readonly show: (runs: readonly string[], shown: boolean) => void;
  readonly focus: (run: string) => void;
}

const Row = memo(({ run, stopping, metric, color, focused, ago, show, focus }: RowProps) => (
  <tr class={focused ? "focused" : undefined}>
    <td>
      <input
        type="checkbox"
        aria-label={`Draw ${run.name}`}
        checked={color !== undefined}
        style={{ accentColor: color ? `var(${color})` : "" }}
        onChange={({ currentTarget }) => show([run.name], currentTarget.checked)}
      />
    </td>
    <th scope="row">
      <button
        type="button"
        class="link"
        aria-pressed={focused}
        title={run.name}
        onClick={() => focus(focused ? "" : run.name)}
      >
        {run.name}
      </button>
    </th>
    <td>
      <State run={run} stopping={stopping} />
    </td>
    <td>{run.kind || "–"}</td>
    <td>{run.model ?? ""}</td>
    <td class="number">{countText(run.step)}</td>
    <td class="number">{durationText(run.seconds)}</td>
    <td class="number">{numberText(run.metrics[metric])}</td>
    <td class="number">{numberText(run.validation[metric])}</td>
    <td class="soft">{ago}</td>
  </tr>
));

/** A run's state in a word, and how much of its plan is done while it is trained. */
export const State = ({ run, stopping }: { readonly run: Run; readonly stopping: boolean }) => (
  <span class={`state ${run.state}`} title={run.problem ?? planText(run)}>
    {stopping ? "stopping" : run.problem === undefined ? run.state : "damaged"}
    {run.state === "running" && run.progress !== undefined && (
      <progress
        value={run.progress}
        aria-label={`${Math.floor(100 * run.progress)} % of the plan`}
      />
    )}
  </span>
);
