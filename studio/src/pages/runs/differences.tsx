import type { RunDetails } from "../../../../src/server/api.ts";
import { Figure } from "../../shared/figure.tsx";
import { differencesOf } from "./model.ts";

/** Runs that are compared: more columns could not be read. */
export const mostCompared = 12;
/** Characters of a value that are shown. */
const longest = 60;

/** Where the configurations of runs differ. */
export function Differences({
  names,
  details,
}: {
  readonly names: readonly string[];
  readonly details: ReadonlyMap<string, RunDetails>;
}) {
  const compared = names.slice(0, mostCompared);
  const isReady = compared.every((name) => details.has(name));
  const rows = isReady ? differencesOf(compared.map((name) => details.get(name)?.config)) : [];
  return (
    <Figure
      title="Differences of the settings"
      wide
      busy={!isReady}
      {...(names.length > mostCompared && {
        note: `Of the first ${mostCompared} of ${names.length} runs.`,
      })}
    >
      {compared.length < 2 ? (
        <p class="note">Mark two runs or more to compare their settings.</p>
      ) : (
        isReady && (
          <section
            class="scroll"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard
            tabIndex={0}
            aria-label="Table of differences"
          >
            <table class="differences">
              <caption class="hidden">Settings that are not the same in all marked runs</caption>
              <thead>
                <tr>
                  <th scope="col">setting</th>
                  {compared.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ key, values }) => (
                  <tr key={key}>
                    <th scope="row">{key}</th>
                    {values.map((value, i) => (
                      <td key={compared[i]} title={value}>
                        {value.length > longest ? `${value.slice(0, longest)} …` : value || "–"}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
            {rows.length === 0 && <p class="note">All settings are the same.</p>}
          </section>
        )
      )}
    </Figure>
  );
}
