import type { Settings } from "../../jobs/work.ts";
import type { CommandWork } from "./sharedWork.ts";

/** The arms of a comparison, and how one is run. */
export interface Arms<Arm, Part> {
  readonly arms: readonly Arm[];
  readonly settings: Settings;
  /** How many trainings an arm is. */
  trainings(arm: Arm): number;
  /** Runs an arm; `report` hears which training is on, and how far it is. */
  run(arm: Arm, report: (training: string, progress: number) => void): Promise<Part>;
}

/** A comparison as work that can be shared out: a piece is an arm. */
export const armWork = <Part, Arm>({
  arms,
  settings,
  trainings,
  run,
}: Arms<Arm, Part>): CommandWork<Part> => ({
  ...{ settings, items: arms.length, together: 1 },
  progress: { label: "comparing", unit: "arms", total: arms.length },
  async compute({ first }, report) {
    const arm = arms[first]!; // one an item
    const all = trainings(arm);
    let [known, before]: [string | undefined, number] = [undefined, -1];
    const part = await run(arm, (training, progress) => {
      if (training !== known) before++;
      known = training;
      report(Math.min(1, (before + progress) / all));
    });
    report(1);
    return part;
  },
});
