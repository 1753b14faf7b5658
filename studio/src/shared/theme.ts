import { useState } from "preact/hooks";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "ondelette.theme";

const stored = (): Theme => themes.find((theme) => theme === localStorage.getItem(key)) ?? "system";

const show = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme;
};
show(stored()); // before anything is drawn

/** The chosen theme, and what chooses another: shown at once, and kept for the next visit. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(stored);
  const choose = (chosen: Theme) => {
    localStorage.setItem(key, chosen);
    show(chosen);
    setTheme(chosen);
    dispatchEvent(new Event("themechange"));
  };
  return [theme, choose];
}

const system = matchMedia("(prefers-color-scheme: dark)");

/** Calls `changed` whenever colors change, until the returned function is called. */
export function onThemeChange(changed: () => void): () => void {
  addEventListener("themechange", changed);
  system.addEventListener("change", changed);
  return () => {
    removeEventListener("themechange", changed);
    system.removeEventListener("change", changed);
  };
}

/** What colors were since they last changed: to ask the page makes it compute its styles. */
const colors = new Map<string, string>();
onThemeChange(() => colors.clear());

/** The value of a color of the style sheet, such as `--accent`, as it is now: `rgb(r, g, b)`. */
export function themeColor(name: `--${string}`): string {
  const known = colors.get(name);
  if (known) return known;
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  colors.set(name, color);
  return color;
}
