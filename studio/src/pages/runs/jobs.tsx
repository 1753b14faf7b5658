import { useState } from "preact/hooks";
import type { Job } from "../../../../src/server/api.ts";
import { Button } from "../../shared/controls.tsx";
import { Failure, Figure } from "../../shared/figure.tsx";
import { messageOf } from "../../shared/latest.ts";
import { Log } from "./details.tsx";
import { server } from "./server.ts";

/** The processes that were started here and have no row of their own: comparisons, and what begins or failed to. */
export function Jobs({ jobs }: { readonly jobs: readonly Job[] }) {
  return (
    <Figure title="Started here" wide>
      <ul class="jobs">
        {jobs.map((job) => (
          <Item key={job.run} job={job} />
        ))}
      </ul>
    </Figure>
  );
}

function Item({ job }: { readonly job: Job }) {
  const { run, command, state, message, written } = job;
  const [open, setOpen] = useState(state === "failed");
  const [error, setError] = useState<string>();
  const stop = () =>
    server.stop({ run }).catch((reason) => {
      setError(messageOf(reason));
    });
  return (
    <li>
      <div class="job">
        <strong>{run}</strong>
        <span class="soft">{command}</span>
        <span class={`state ${state === "stopping" ? "running" : state}`}>{state}</span>
        {!open && <span class="soft message">{message}</span>}
        <Button pressed={open} action={() => setOpen(!open)}>
          Log
        </Button>
        {state === "running" && <Button action={() => void stop()}>Stop</Button>}
      </div>
      {error !== undefined && <Failure message={error} />}
      {open && <Log run={run} written={written} />}
    </li>
  );
}
