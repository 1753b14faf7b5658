import { useEffect, useState } from "preact/hooks";
import type { RunDetails, RunFile } from "../../../../src/server/api.ts";
import { Figure } from "../../shared/figure.tsx";
import { Dialog } from "./dialog.tsx";
import { server } from "./server.ts";
import { countText } from "./text.ts";

/** A picture of a run, and what it is of. */
interface Shot {
  readonly run: string;
  readonly file: RunFile;
  readonly caption: string;
}

/** Strips of so many runs are shown. */
const mostStrips = 6;

/** The samples of runs over time, a film strip for each. */
export function Samples({
  names,
  details,
}: {
  readonly names: readonly string[];
  readonly details: ReadonlyMap<string, RunDetails>;
}) {
  const [large, setLarge] = useState<Shot>();
  return (
    <Figure
      title="Pictures over time"
      wide
      note={
        names.length > mostStrips
          ? `Of the first ${mostStrips} of ${names.length} runs.`
          : "Samples that a training draws, and charts of its end; a click enlarges one."
      }
    >
      {names.slice(0, mostStrips).map((name) => (
        <Strip key={name} name={name} files={details.get(name)?.files} enlarge={setLarge} />
      ))}
      {names.length === 0 && <p class="note">Mark runs in the table to see their pictures.</p>}
      {large && (
        <Dialog title={`${large.run}: ${large.caption}`} close={() => setLarge(undefined)}>
          <Picture shot={large} />
        </Dialog>
      )}
    </Figure>
  );
}

function Strip({
  name,
  files,
  enlarge,
}: {
  readonly name: string;
  readonly files: readonly RunFile[] | undefined;
  readonly enlarge: (shot: Shot) => void;
}) {
  const shots = files && shotsOf(name, files);
  return (
    <section class="strip-of" aria-label={`Pictures of ${name}`}>
      <h3>{name}</h3>
      {shots?.length === 0 && <p class="note">No pictures yet.</p>}
      <ol class="strip">
        {shots?.map((shot) => (
          <li key={`${shot.file.path} ${shot.file.changed}`}>
            <button
              type="button"
              aria-label={`Enlarge ${shot.caption} of ${name}`}
              onClick={() => enlarge(shot)}
            >
              <Picture shot={shot} />
              <span>{shot.caption}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Samples by step, then the other pictures. */
function shotsOf(run: string, files: readonly RunFile[]): Shot[] {
  const pictures = files.filter(({ path }) => /\.(png|svg)$/.test(path));
  const samples = pictures.filter(({ path }) => path.startsWith("samples/"));
  const others = pictures.filter(({ path }) => !path.includes("/"));
  return [...samples, ...others].map((file) => ({ run, file, caption: captionOf(file.path) }));
}

/** `samples/step-0001200.png` → `step 1,200`. */
function captionOf(path: string): string {
  const name = path.replace(/^.*\//, "").replace(/\.\w+$/, "");
  const [, step] = /^step-(\d+)$/.exec(name) ?? [];
  return step === undefined ? name : `step ${countText(Number(step))}`;
}

/** A picture, as the server sends it. */
function Picture({ shot: { run, file, caption } }: { readonly shot: Shot }) {
  const [address, setAddress] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let made: string | undefined;
    let isWanted = true;
    server.file(run, file.path).then(
      (blob) => {
        if (!isWanted) return;
        made = URL.createObjectURL(blob);
        setAddress(made);
      },
      () => setFailed(true),
    );
    return () => {
      isWanted = false;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [run, file.path]);
  if (failed) return <span class="note">gone</span>;
  return address === undefined ? (
    <span class="empty" />
  ) : (
    <img
      src={address}
      class={file.path.startsWith("samples/") ? "pixels" : undefined}
      alt={`${caption} of ${run}`}
    />
  );
}
