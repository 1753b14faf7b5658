import { render } from "preact";
import "../src/style.css";
import { Examples } from "./examples.tsx";
import "./style.css";

const root = document.getElementById("app");
if (root) render(<Examples />, root);
