import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Start } from "./pages/start.tsx";
import { isPageName, type PageName, pageNames, pages } from "./pages.ts";
import { parseAddress, useHash } from "./shared/address.ts";
import { Failure, Waiting } from "./shared/figure.tsx";
import { messageOf } from "./shared/latest.ts";
import { type Theme, themes, useTheme } from "./shared/theme.ts";

/** Navigation above, the page below. */
export function App() {
  const { page } = parseAddress(useHash());
  const name = isPageName(page) ? page : undefined;
  const title = name ? pages[name].title : "ondelette studio";
  useEffect(() => {
    document.title = name ? `${title} · ondelette studio` : title;
    // On a phone the names of pages are wider than the screen.
    document
      .querySelector('nav [aria-current="page"]')
      ?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [name, title]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById("main")?.focus()}>
        Skip to the page
      </button>
      <header class="top">
        <a class="brand" href="#/">
          ondelette
        </a>
        <nav aria-label="Pages">
          {pageNames.map((each) => (
            <a key={each} href={`#/${each}`} aria-current={each === name ? "page" : undefined}>
              {pages[each].title}
            </a>
          ))}
        </nav>
        <ThemeChoice />
      </header>
      <main id="main" tabIndex={-1}>
        {name ? <Loaded key={name} name={name} /> : <Start />}
      </main>
    </>
  );
}

/** A page, once its code is there. */
function Loaded({ name }: { readonly name: PageName }) {
  const [loaded, setLoaded] = useState<{ readonly Page: ComponentType }>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    pages[name].load().then(
      (module) => setLoaded({ Page: module.default }),
      (reason) => setError(`This page could not be loaded: ${messageOf(reason)}`),
    );
  }, [name]);
  return (
    <>
      <h1>{pages[name].title}</h1>
      {error ? <Failure message={error} /> : loaded ? <loaded.Page /> : <Waiting />}
    </>
  );
}

const themeTitles = { system: "System", light: "Light", dark: "Dark" } as const satisfies Record<
  Theme,
  string
>;

function ThemeChoice() {
  const [theme, setTheme] = useTheme();
  return (
    <label class="theme">
      <span class="hidden">Colors</span>
      <select
        value={theme}
        onChange={({ currentTarget }) =>
          setTheme(themes.find((each) => each === currentTarget.value) ?? "system")
        }
      >
        {themes.map((each) => (
          <option key={each} value={each}>
            {themeTitles[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
