const prefix = "validation";

/** The name in `metrics.jsonl` of a number of a validation: `nats` is `validationNats` there. */
export const validationKey = (key: string): string =>
  `${prefix}${key.charAt(0).toUpperCase()}${key.slice(1)}`;

/** Whether a name in `metrics.jsonl` is of a validation. */
export const isValidationKey = (key: string): boolean => key.startsWith(prefix);

/** The other way round: `validationNats` is `nats`. */
export const bareKey = (key: string): string =>
  key.charAt(prefix.length).toLowerCase() + key.slice(prefix.length + 1);
