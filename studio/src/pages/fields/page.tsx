import { Waiting } from "../../shared/figure.tsx";

export default function Fields() {
  return <Waiting />;
}
