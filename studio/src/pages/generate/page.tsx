import { Waiting } from "../../shared/figure.tsx";

export default function Generate() {
  return <Waiting />;
}
