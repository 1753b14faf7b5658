import { useEffect, useState } from "preact/hooks";
import type { Form, Forms, Run } from "../../../../src/server/api.ts";
import { Failure, Waiting } from "../../shared/figure.tsx";
import { messageOf } from "../../shared/latest.ts";
import { Dialog } from "./dialog.tsx";
import { OptionForm } from "./form.tsx";
import { server } from "./server.ts";

/** The forms of the commands, once the server has sent them. */
function useForms(): { readonly forms?: Forms; readonly error?: string } {
  const [state, setState] = useState<{ readonly forms?: Forms; readonly error?: string }>({});
  useEffect(() => {
    server.forms().then(
      (forms) => setState({ forms }),
      (reason) => setState({ error: messageOf(reason) }),
    );
  }, []);
  return state;
}

const pathsOf = (runs: Iterable<Run>): string[] =>
  [...new Set([...runs].flatMap(({ data }) => (data === undefined ? [] : [data])))].toSorted();

/** A new training: a command is chosen, and its options are set. */
export function StartDialog({
  runs,
  started,
  close,
}: {
  readonly runs: Iterable<Run>;
  readonly started: (run: string) => void;
  readonly close: () => void;
}) {
  const { forms, error } = useForms();
  const [command, setCommand] = useState("");
  const form = forms?.forms.find((each) => each.command === command);
  return (
    <Dialog title="New training" close={close}>
      {error !== undefined && <Failure message={error} />}
      {!forms && error === undefined && <Waiting />}
      {forms && (
        <>
          <div class="option">
            <label for="command">Command</label>
            <select
              id="command"
              value={command}
              onChange={({ currentTarget }) => setCommand(currentTarget.value)}
            >
              <option value="">choose …</option>
              {forms.forms.map((each) => (
                <option key={each.command} value={each.command}>
                  {each.command}: {each.summary}
                </option>
              ))}
            </select>
          </div>
          {form && (
            <>
              <p class="note">{form.about}</p>
              <OptionForm
                key={form.command}
                fields={form.fields}
                action="Start"
                paths={pathsOf(runs)}
                note={`Paths begin at ${forms.from}. Data may lie in ${forms.places.join(", ")}.`}
                send={async (values) => {
                  const { run } = await server.start({ command: form.command, values });
                  started(run);
                }}
              />
            </>
          )}
        </>
      )}
    </Dialog>
  );
}

/** A run that goes on, by its plan or by a longer one. */
export function ResumeDialog({
  run,
  started,
  close,
}: {
  readonly run: Run;
  readonly started: (run: string) => void;
  readonly close: () => void;
}) {
  const { forms, error } = useForms();
  const form = forms?.forms.find(({ resumes }) => resumes === run.kind);
  return (
    <Dialog title={`Resume ${run.name}`} close={close}>
      {error !== undefined && <Failure message={error} />}
      {!forms && error === undefined && <Waiting />}
      {forms && !form && <Failure message={`Runs of kind ${run.kind} cannot be resumed here.`} />}
      {form && <ResumeForm form={form} run={run} started={started} />}
    </Dialog>
  );
}

function ResumeForm({
  form,
  run,
  started,
}: {
  readonly form: Form;
  readonly run: Run;
  readonly started: (run: string) => void;
}) {
  return (
    <OptionForm
      fields={form.fields
        .filter(({ name }) => form.resumeFields.includes(name))
        .map((field) => ({ ...field, ...usualOf(run, field.name) }))}
      action="Resume"
      paths={[]}
      note={
        run.state === "finished"
          ? "Its plan is done: give a larger number of steps or a longer time, in total."
          : "It continues exactly from its last checkpoint. A larger plan is counted in total."
      }
      send={async (values) => {
        await server.resume({ run: run.name, values });
        started(run.name);
      }}
    />
  );
}

/** What a plan is, where none is given: the run's own. */
function usualOf({ plan }: Run, field: string): { readonly usual?: string } {
  if (field !== "steps" && field !== "minutes" && field !== "seconds") return {};
  if (plan && "steps" in plan)
    return field === "steps" ? { usual: `${plan.steps}` } : { usual: "none" };
  if (!plan || field === "steps") return { usual: "none" };
  return { usual: `${field === "minutes" ? plan.minutes : 60 * plan.minutes}` };
}
