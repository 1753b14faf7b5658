import { type Prompt, promptName } from "../../image/words/prompts.ts";

/** The images of a sheet. */
export interface SheetPlan {
  /** Images in all. */
  readonly count: number;
  /** The class of each. */
  readonly labels: readonly number[];
  /** What each is to show, where anything is said. */
  readonly prompts: readonly (readonly Prompt[])[] | undefined;
  readonly columns: number;
  readonly rowNames: readonly string[] | undefined;
}

/** What `image sample` draws: a row of each prompt, with images of each class or of `only` one; without prompts of each class. */
export function sheetPlan(
  args: {
    readonly count: number | undefined;
    readonly strip: boolean;
    readonly from: string | undefined;
  },
  classNames: readonly string[],
  only: number | undefined,
  wishes: readonly (readonly Prompt[])[],
): SheetPlan {
  const said = wishes.length > 0;
  const kinds = wishes.length || (only === undefined ? classNames.length : 1);
  const perClass = Math.max(1, Math.round(8 / classNames.length));
  const usual = said && only === undefined ? perClass * classNames.length : 8;
  const count = args.count ?? (args.from !== undefined ? 8 : args.strip ? 4 : usual * kinds);
  const perKind = Math.ceil(count / kinds);
  const kindOf = (i: number) => (args.strip ? i % kinds : Math.floor(i / perKind));
  const labels = Array.from({ length: count }, (_, i) => {
    if (only !== undefined) return only;
    return said ? (i % perKind) % classNames.length : kindOf(i);
  });
  return {
    ...{ count, labels },
    prompts: said ? labels.map((_, i) => wishes[kindOf(i)] ?? []) : undefined,
    columns: kinds === 1 && only !== undefined ? Math.min(count, 8) : perKind,
    rowNames: said ? wishes.map(promptName) : undefined,
  };
}
