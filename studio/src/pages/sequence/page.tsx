import { Waiting } from "../../shared/figure.tsx";

export default function Sequence() {
  return <Waiting />;
}
