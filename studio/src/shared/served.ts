/** Whether `ondelette studio` serves this page, beside a folder of runs: its server marks the document. */
export const isServed: boolean = document.documentElement.dataset.server !== undefined;
