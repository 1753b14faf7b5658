import { Waiting } from "../../shared/figure.tsx";

export default function Language() {
  return <Waiting />;
}
