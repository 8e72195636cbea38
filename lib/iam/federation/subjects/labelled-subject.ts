/** The fields of a subject that is written as labels and values. */
export interface LabelledSubject {
  /** Values by their labels, as far as the labels are written; in the subject's order. */
  readonly values: ReadonlyMap<string, string>;
  /** Whether a wildcard at the end stands for the labels that are not written. */
  readonly isOpen: boolean;
}

/**
 * Takes a subject, or a pattern of subjects, apart by its labels, such as `organization:`, `:project:`.
 *
 * @returns `undefined` if it does not begin with the first label
 */
export function labelledSubject(
  subject: string,
  labels: readonly string[],
): LabelledSubject | undefined {
  const values = new Map<string, string>();
  let rest = subject;
  for (const [index, label] of labels.entries()) {
    if (!rest.startsWith(label)) break;
    rest = rest.slice(label.length);
    const next = labels[index + 1];
    const end = next === undefined ? -1 : rest.indexOf(next);
    if (end >= 0) {
      values.set(label, rest.slice(0, end));
      rest = rest.slice(end);
      continue;
    }
    // The value ends where a separator does; behind it a wildcard may stand for all other labels.
    const separator = next === undefined ? -1 : rest.indexOf(next.charAt(0));
    values.set(label, separator < 0 ? rest : rest.slice(0, separator));
    break;
  }
  if (values.size === 0) return undefined;
  return { values, isOpen: values.size < labels.length && subject.endsWith("*") };
}
