import { Waiting } from "../../shared/figure.tsx";

export default function Runs() {
  return <Waiting />;
}
