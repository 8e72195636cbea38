import type { AffectedStack, AffectedStacks } from "./affected-stacks";

/** Most jobs of one matrix of GitHub Actions (docs.github.com/actions/reference/limits). */
export const MOST_JOBS = 256;

/** One job of a matrix. */
export interface MatrixJob {
  readonly stack: string;
  readonly account: string;
  /** Folder of the stack below the output folder's parent, with `/`. */
  readonly directory: string;
}

/** Matrices to run one after the other. */
export interface MatrixWaves {
  readonly waves: readonly { readonly include: readonly MatrixJob[] }[];
}

/** Affected stacks as matrices of at most 256 jobs: a larger wave becomes several. */
export function matrixOf({ waves }: AffectedStacks, outdir: string): MatrixWaves {
  const job = ({ stack, account = "" }: AffectedStack): MatrixJob => ({
    stack,
    account,
    directory: `${outdir}/stacks/${stack}`,
  });
  return {
    waves: waves.flatMap((wave) => {
      const chunks: { include: MatrixJob[] }[] = [];
      for (let start = 0; start < wave.length; start += MOST_JOBS) {
        chunks.push({ include: wave.slice(start, start + MOST_JOBS).map(job) });
      }
      return chunks;
    }),
  };
}
