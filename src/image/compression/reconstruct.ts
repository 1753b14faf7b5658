export { expectedCoefficients } from "../../codec/planes/expected.ts";
