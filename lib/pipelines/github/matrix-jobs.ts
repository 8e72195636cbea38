/** Some jobs by their ids. */
type Jobs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** How jobs, in sequence or in parallel, take their matrices from an earlier job. */
export interface MatrixJobs {
  /** What their ids begin with. */
  readonly prefix: string;
  /** The job that has the matrices as its output `matrices`. @default - `affected` */
  readonly from?: string;
  /** How many there are; what they do not get is skipped. */
  readonly count: number;
  readonly workflow: string;
  readonly permissions: Readonly<Record<string, string>>;
  /** Whether each waits for the one before, however that ended. */
  readonly inOrder: boolean;
  /** Whether the workflow takes secrets: a token for the states. */
  readonly secrets: boolean;
  readonly with?: Readonly<Record<string, string>>;
  /** Further jobs that they read outputs of. @default - none */
  readonly needs?: readonly string[];
}

/** Jobs that call a workflow, each with one of the matrices: a job can't be repeated, and a matrix has at most 256 entries. */
export function matrixJobs(options: MatrixJobs): Jobs {
  const { prefix, count, workflow, permissions, inOrder, secrets, with: inputs } = options;
  const { from = "affected", needs = [] } = options;
  const matrices = `fromJSON(needs.${from}.outputs.matrices || '[]')`;
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${prefix}-${index + 1}`,
      {
        needs: [from, ...needs, ...(inOrder && index > 0 ? [`${prefix}-${index}`] : [])],
        if: `!cancelled() && needs.${from}.result == 'success' && ${matrices}[${index}]`,
        uses: `./.github/workflows/${workflow}`,
        permissions,
        ...(secrets ? { secrets: "inherit" } : {}),
        with: {
          matrix: `\${{ toJSON(${matrices}[${index}]) }}`,
          ...(inOrder ? { wave: index + 1 } : {}),
          ...inputs,
        },
      },
    ]),
  );
}

/** The ids of such jobs. */
export function matrixJobIds({ prefix, count }: Pick<MatrixJobs, "prefix" | "count">): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);
}
