import type { Drawable, DrawRequest } from "ondelette/image";

/** What is known of each drawing so far: live coefficients, in the order of the requests. */
export type Progress = (known: readonly (Float64Array | undefined)[], tokens: number) => void;

/**
 * A model whose drawings can be watched: `progress` is told at most every `milliseconds` while they grow. What is drawn is the
 * same.
 */
export function watched<D extends Drawable>(run: D, progress: Progress, milliseconds = 125): D {
  const { model } = run;
  const sampler: typeof model.sampler = (parameters, options) => {
    const inner = model.sampler(parameters, options);
    return {
      draw(requests, sampling, onProgress) {
        const known: (Float64Array | undefined)[] = requests.map(() => undefined);
        let last = performance.now();
        let tokens = 0;
        const seen = (request: DrawRequest, i: number): DrawRequest => ({
          ...request,
          watch(standing) {
            known[i] = standing.known;
            const now = performance.now();
            if (now - last < milliseconds) return;
            last = now;
            progress(known, tokens);
          },
        });
        return inner.draw(requests.map(seen), sampling, (done) => {
          tokens = done;
          onProgress?.(done);
        });
      },
    };
  };
  return { ...run, model: { ...model, sampler } };
}
