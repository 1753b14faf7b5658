import { pageTexts } from "../../studio/src/pageTexts.ts";
import { scalingFunction } from "./curves.ts";

const cards = [
  ["studio/", "Studio", "See, touch and train: everything is computed in the browser."],
  ["docs/", "Documentation", "What there is, how it works, and what was measured."],
  ["docs/modules.html", "API reference", "Every function and type of the library."],
  ["examples/", "Examples", "The programs of the documentation, to change and run in place."],
] as const;

/** The page that leads to everything else. */
export const startPage = (description: string, version: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="description" content="${escaped(description)}">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">
    <link rel="icon" href="icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="site.css">
    <title>ondelette</title>
  </head>
  <body>
    <header>
      ${scalingFunction("db4")}
      <h1>ondelette</h1>
      <p class="lead">${escaped(description)}.</p>
      <pre><code>npm install ondelette</code></pre>
    </header>
    <main>
      <ul class="cards">
        ${cards.map(([href, title, about]) => card(href, title, about)).join("\n        ")}
      </ul>
      <h2>In the studio</h2>
      <ul class="cards">
        ${Object.entries(pageTexts).filter(isStatic).map(studioCard).join("\n        ")}
      </ul>
    </main>
    <footer>Version ${escaped(version)} · Apache-2.0</footer>
  </body>
</html>
`;

type Entry = readonly [name: string, texts: { readonly title: string; readonly about: string }];

/** The page of runs needs the server of the command line. */
const isStatic = ([name]: Entry) => name !== "runs";

const studioCard = ([name, { title, about }]: Entry) => card(`studio/#/${name}`, title, about);

const card = (href: string, title: string, about: string) =>
  `<li><a href="${href}"><strong>${escaped(title)}</strong><span>${escaped(about)}</span></a></li>`;

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
