import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** A number on a line from `min` to `max`. */
export function Slider({
  label,
  value,
  min,
  max,
  step = 1,
  shown = `${value}`,
  disabled = false,
  change,
}: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** The value as a person reads it, with its unit. */
  readonly shown?: string;
  readonly disabled?: boolean;
  readonly change: (value: number) => void;
}) {
  const id = useId();
  return (
    <div class="control">
      <label for={id}>{label}</label>
      <output for={id}>{shown}</output>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={shown}
        onInput={({ currentTarget }) => change(currentTarget.valueAsNumber)}
      />
    </div>
  );
}

/** One of several names. */
export function Choice<const T extends string>({
  label,
  value,
  choices,
  disabled = false,
  change,
}: {
  readonly label: string;
  readonly value: T;
  /** What each is called. */
  readonly choices: Readonly<Record<T, string>>;
  readonly disabled?: boolean;
  readonly change: (value: T) => void;
}) {
  const id = useId();
  const names = Object.keys(choices) as T[]; // a record's own keys
  return (
    <div class="control">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={({ currentTarget }) => {
          const name = names.find((each) => each === currentTarget.value);
          if (name !== undefined) change(name);
        }}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {choices[name]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One of many names, in groups with a title each. */
export function GroupedChoice<T extends string>({
  label,
  value,
  groups,
  disabled = false,
  change,
}: {
  readonly label: string;
  readonly value: T;
  readonly groups: Readonly<Record<string, readonly T[]>>;
  readonly disabled?: boolean;
  readonly change: (value: T) => void;
}) {
  const id = useId();
  return (
    <div class="control">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={({ currentTarget }) => {
          const names = Object.values(groups).flat();
          const name = names.find((each) => each === currentTarget.value);
          if (name !== undefined) change(name);
        }}
      >
        {Object.entries(groups).map(([title, names]) => (
          <optgroup key={title} label={title}>
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

/** Views of a page, of which one is shown; arrow keys go from one to the next. */
export function Tabs<const T extends string>({
  label,
  value,
  titles,
  change,
}: {
  readonly label: string;
  readonly value: T;
  readonly titles: Readonly<Record<T, string>>;
  readonly change: (value: T) => void;
}) {
  const names = Object.keys(titles) as T[]; // a record's own keys
  const turn = (by: number, list: HTMLElement) => {
    const next = (names.indexOf(value) + by + names.length) % names.length;
    change(names[next]!); // within the list
    list.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={label}
      onKeyDown={({ key, currentTarget }) => {
        if (key === "ArrowRight") turn(1, currentTarget);
        if (key === "ArrowLeft") turn(-1, currentTarget);
      }}
    >
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === value}
          tabIndex={name === value ? 0 : -1}
          onClick={() => change(name)}
        >
          {titles[name]}
        </button>
      ))}
    </div>
  );
}

export function Switch({
  label,
  value,
  disabled = false,
  change,
}: {
  readonly label: string;
  readonly value: boolean;
  readonly disabled?: boolean;
  readonly change: (value: boolean) => void;
}) {
  return (
    <label class="switch">
      <input
        type="checkbox"
        checked={value}
        disabled={disabled}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

/** A line, or with `rows` several lines, of text. */
export function TextInput({
  label,
  value,
  rows,
  change,
}: {
  readonly label: string;
  readonly value: string;
  readonly rows?: number;
  readonly change: (value: string) => void;
}) {
  const id = useId();
  const given = {
    id,
    value,
    spellcheck: false,
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
      change(currentTarget.value),
  };
  return (
    <div class="control">
      <label for={id}>{label}</label>
      {rows === undefined ? <input type="text" {...given} /> : <textarea rows={rows} {...given} />}
    </div>
  );
}

/** A button; `main` marks the one that a page is about. */
export function Button({
  main = false,
  disabled = false,
  pressed,
  action,
  children,
}: {
  readonly main?: boolean;
  readonly disabled?: boolean;
  /** Of a button that stays down. */
  readonly pressed?: boolean;
  readonly action: () => void;
  readonly children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class={main ? "main" : undefined}
      disabled={disabled}
      aria-pressed={pressed}
      onClick={action}
    >
      {children}
    </button>
  );
}

/** Buttons side by side. */
export const Buttons = ({ children }: { readonly children: ComponentChildren }) => (
  <div class="buttons">{children}</div>
);
