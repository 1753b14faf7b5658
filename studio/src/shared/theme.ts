import { useEffect, useState } from "preact/hooks";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const key = "ondelette.theme";

const stored = (): Theme => themes.find((theme) => theme === localStorage.getItem(key)) ?? "system";

/** The chosen theme, and what chooses another; kept for the next visit. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(stored);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(key, theme);
    dispatchEvent(new Event("themechange"));
  }, [theme]);
  return [theme, setTheme];
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

/** The value of a color of the style sheet, such as `--accent`, as it is now. */
export function themeColor(name: `--${string}`): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const color = getComputedStyle(probe).color;
  probe.remove();
  return color;
}
