import { render } from "preact";
import { App } from "./app.tsx";
import { keepLoaded } from "./shared/keepLoaded.ts";
import { isServed } from "./shared/served.ts";
import "./style.css";

const root = document.getElementById("app");
if (root) render(<App />, root);

// The command line's server is there whenever its page is; only a page on the web is kept for use without a network.
if (import.meta.env.PROD && !isServed && "serviceWorker" in navigator) {
  addEventListener("load", () => void navigator.serviceWorker.register("./serviceWorker.js"));
  keepLoaded();
}
