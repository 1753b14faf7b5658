import { useId, useState } from "preact/hooks";
import type { FormField, FormValues } from "../../../../src/server/api.ts";
import { Failure } from "../../shared/figure.tsx";
import { messageOf } from "../../shared/latest.ts";
import { labelOf } from "./text.ts";

/** What was typed, by field. */
type Typed = Readonly<Record<string, string | boolean>>;

/** Fields that most people want to set, besides required ones. */
const important = new Set([
  "data",
  "kind",
  "task",
  "model",
  "mixing",
  "steps",
  "minutes",
  "seconds",
]);

/** A form made of a command's own options; `send` throws what is wrong with them. */
export function OptionForm({
  fields,
  action,
  paths,
  note,
  send,
}: {
  readonly fields: readonly FormField[];
  /** What the button says. */
  readonly action: string;
  /** Paths that were used before. */
  readonly paths: readonly string[];
  readonly note?: string;
  readonly send: (values: FormValues) => Promise<void>;
}) {
  const [typed, setTyped] = useState<Typed>({});
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const list = useId();
  const isFirst = ({ name, required }: FormField) => required || important.has(name);
  const few = fields.length <= 6;
  const first = fields.filter((field) => few || isFirst(field));
  const groups = Map.groupBy(
    fields.filter((field) => !first.includes(field)),
    ({ group }) => group,
  );
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await send(valuesOf(fields, typed));
    } catch (reason) {
      setError(messageOf(reason));
      setBusy(false);
    }
  };
  const show = (field: FormField) => (
    <Field
      key={field.name}
      field={field}
      value={typed[field.name]}
      list={list}
      change={(value) => setTyped({ ...typed, [field.name]: value })}
    />
  );
  return (
    <form
      class="options"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <datalist id={list}>
        {paths.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      <div class="option-grid">{first.map(show)}</div>
      {[...groups].map(([group, members]) => (
        <details key={group}>
          <summary>{group || "More options"}</summary>
          <div class="option-grid">{members.map(show)}</div>
        </details>
      ))}
      {note !== undefined && <p class="note">{note}</p>}
      {error !== undefined && <Failure message={error} />}
      <div class="buttons">
        <button type="submit" class="main" disabled={busy}>
          {action}
        </button>
      </div>
    </form>
  );
}

function Field({
  field,
  value,
  list,
  change,
}: {
  readonly field: FormField;
  readonly value: string | boolean | undefined;
  readonly list: string;
  readonly change: (value: string | boolean) => void;
}) {
  const { name, type, role, help, required, several, choices = [], min, max, usual } = field;
  const id = useId();
  const label = labelOf(role === "run" ? "name" : name);
  const hint = `${id}-hint`;
  const common = {
    ...{ id, required, "aria-describedby": hint },
    value: typeof value === "string" ? value : "",
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
      change(currentTarget.value),
  };
  const hintText = (
    <p class="hint" id={hint}>
      {role === "run" ? "name of the new run, with / between folders" : help}
      {usual === undefined ? "" : ` (default: ${usual})`}
    </p>
  );
  if (type === "switch") {
    return (
      <div class="option">
        <label class="switch">
          <input
            type="checkbox"
            checked={value === true}
            aria-describedby={hint}
            onChange={({ currentTarget }) => change(currentTarget.checked)}
          />
          <span>{label}</span>
        </label>
        {hintText}
      </div>
    );
  }
  return (
    <div class="option">
      <label for={id}>{label}</label>
      {type === "choice" ? (
        <select {...common}>
          <option value="">{required ? "choose …" : `default: ${usual ?? "none"}`}</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : several ? (
        <textarea rows={3} placeholder="one on each line" {...common} />
      ) : type === "text" ? (
        <input
          type="text"
          autocomplete="off"
          spellcheck={false}
          {...(role === "path" && { list })}
          {...common}
        />
      ) : (
        <input
          type="number"
          min={min}
          max={max}
          step={type === "integer" ? 1 : "any"}
          {...common}
        />
      )}
      {hintText}
    </div>
  );
}

/** The values that were given; what was left out has its default on the server. */
const valuesOf = (fields: readonly FormField[], typed: Typed): FormValues =>
  Object.fromEntries(fields.map((field) => [field.name, givenValue(field, typed[field.name])]));

function givenValue(
  { type, several }: FormField,
  value: string | boolean | undefined,
): FormValues[string] {
  if (value === undefined || value === "" || value === false || value === true)
    return value || undefined;
  if (type === "number" || type === "integer") return Number(value);
  if (!several) return value;
  const lines = value.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "");
}
