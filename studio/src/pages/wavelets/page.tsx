import { Waiting } from "../../shared/figure.tsx";

export default function Wavelets() {
  return <Waiting />;
}
