import type { ComponentChildren } from "preact";

/** A part of a page with a title: a picture, a chart or a group of controls. */
export function Figure({
  title,
  note,
  busy = false,
  wide = false,
  children,
}: {
  readonly title: string;
  /** What is seen, in a sentence or a few figures. */
  readonly note?: ComponentChildren;
  readonly busy?: boolean;
  /** Whether it takes the whole width. */
  readonly wide?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <section class={wide ? "figure wide" : "figure"} aria-busy={busy} aria-label={title}>
      <h2>{title}</h2>
      {children}
      {note !== undefined && <p class="note">{note}</p>}
    </section>
  );
}

/** Controls beside what they control; above it on a phone, or below it. */
export function Workbench({
  controls,
  stageFirst = false,
  children,
}: {
  readonly controls: ComponentChildren;
  /** Whether a phone shows first what is controlled: where that can be used before anything is set. */
  readonly stageFirst?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <div class={stageFirst ? "workbench stage-first" : "workbench"}>
      <section class="controls" aria-label="Settings">
        {controls}
      </section>
      <div class="stage">{children}</div>
    </div>
  );
}

/** What went wrong, in a sentence. */
export const Failure = ({ message }: { readonly message: string }) => (
  <p class="failure" role="alert">
    {message}
  </p>
);

export const Waiting = ({ what = "Loading" }: { readonly what?: string }) => (
  <output class="waiting">{what} …</output>
);

/** Figures with their names: `PSNR 31.2 dB`. */
export const Facts = ({ facts }: { readonly facts: Readonly<Record<string, string>> }) => (
  <dl class="facts">
    {Object.entries(facts).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
