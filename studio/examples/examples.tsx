import { useEffect, useRef, useState } from "preact/hooks";
import { parseAddress, useHash } from "../src/shared/address.ts";
import { Button, Buttons, TextInput } from "../src/shared/controls.tsx";
import { Failure, Figure, Waiting, Workbench } from "../src/shared/figure.tsx";
import { messageOf } from "../src/shared/latest.ts";
import type { Program } from "./programs.ts";
import { type Running, run } from "./runner.ts";

interface Line {
  readonly text: string;
  readonly isError: boolean;
}

/** The programs of the documentation: chosen by the address (`#/wavelets-40`), to change and run. */
export function Examples() {
  const [programs, setPrograms] = useState<readonly Program[]>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    fetch("programs.json")
      .then((response) => response.json())
      .then(setPrograms)
      .catch((reason) => setError(messageOf(reason)));
  }, []);
  const { page: id } = parseAddress(useHash());
  const program = programs?.find((each) => each.id === id) ?? programs?.[0];
  return (
    <>
      <header class="top">
        <a class="brand" href="../">
          ondelette
        </a>
        <nav aria-label="Site">
          <a href="../docs/">Documentation</a>
          <a href="../studio/">Studio</a>
          <a href="./" aria-current="page">
            Examples
          </a>
        </nav>
      </header>
      <main id="main">
        <h1>Examples</h1>
        {error && <Failure message={error} />}
        {programs && program ? (
          <Bench key={program.id} program={program} programs={programs} />
        ) : (
          !error && <Waiting />
        )}
      </main>
    </>
  );
}

function Bench({
  program,
  programs,
}: {
  readonly program: Program;
  readonly programs: readonly Program[];
}) {
  const [code, setCode] = useState(program.code);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [isRunning, setRunning] = useState(false);
  const running = useRef<Running>(undefined);
  useEffect(() => () => running.current?.stop(), []);
  const start = () => {
    running.current?.stop();
    setLines([]);
    setRunning(true);
    running.current = run(code, {
      print: (text, isError) => setLines((before) => [...before, { text, isError }]),
      end: () => setRunning(false),
    });
  };
  const pages = [...new Set(programs.map(({ page }) => page))];
  return (
    <Workbench
      controls={
        <nav class="programs" aria-label="Programs">
          {pages.map((page) => (
            <section key={page} aria-label={page}>
              <h2>{page}</h2>
              <ul>
                {programs
                  .filter((each) => each.page === page)
                  .map(({ id, title }) => (
                    <li key={id}>
                      <a href={`#/${id}`} aria-current={id === program.id ? "true" : undefined}>
                        {title}
                      </a>
                    </li>
                  ))}
              </ul>
            </section>
          ))}
        </nav>
      }
    >
      <Figure
        title={program.title}
        wide
        note={`From ${program.page}. It runs in this browser, in a worker of its own; what it prints there stands behind its arrows.`}
      >
        <div class="program">
          <TextInput
            label="Program"
            value={code}
            rows={Math.min(40, code.split("\n").length + 1)}
            change={setCode}
          />
        </div>
        <Buttons>
          {isRunning ? (
            <Button main action={() => running.current?.stop()}>
              Stop
            </Button>
          ) : (
            <Button main action={start}>
              Run
            </Button>
          )}
          <Button disabled={code === program.code} action={() => setCode(program.code)}>
            As it was
          </Button>
        </Buttons>
        <output class="printed" aria-label="What it prints" aria-busy={isRunning}>
          {lines.map(({ text, isError }, i) => (
            // Lines are only ever added.
            <span key={i} class={isError ? "bad" : undefined}>
              {text}
              {"\n"}
            </span>
          ))}
        </output>
      </Figure>
    </Workbench>
  );
}
