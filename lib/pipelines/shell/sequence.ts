/** A script, and the variable that takes its outcome: `success`, `failure` or, where it did not run, `skipped`. */
export interface SequenceStep {
  readonly variable: string;
  readonly script: string;
  /** A test of the shell that decides whether it runs. @default - it runs */
  readonly when?: string;
}

/**
 * Runs scripts one after the other until one fails, then one that always runs and reads their outcomes, as
 * the steps of a job are elsewhere. Each is a process of its own: an error would not end it inside of a
 * condition. Ends with the code of the one that failed.
 */
export function sequence(steps: readonly SequenceStep[], last: string): string {
  const skipped = steps.map(({ variable }) => `${variable}=skipped`).join(" ");
  const parts = steps.map(({ variable, script, when }) => {
    const test = `[ "$code" -eq 0 ]${when === undefined ? "" : ` && ${when}`}`;
    return `if ${test}; then
  bash /dev/fd/3 3<<'${variable}_SCRIPT' || code=$?
${script.trimEnd()}
${variable}_SCRIPT
  if [ "$code" -eq 0 ]; then ${variable}=success; else ${variable}=failure; fi
fi`;
  });
  return `code=0
export ${skipped}
${parts.join("\n")}
bash /dev/fd/3 3<<'LAST_SCRIPT'
${last.trimEnd()}
LAST_SCRIPT
exit "$code"
`;
}
