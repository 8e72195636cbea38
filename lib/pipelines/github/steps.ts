import { RESULT_TABLE } from "../shell/results";
import { uses } from "./actions";
import { tokenVariable } from "../token-variable";
import type { GithubSettings } from "./github-settings";

/** A step of a job or of an action. */
export type Step = Readonly<Record<string, unknown>>;

/** Checks the revision out with its history; the token does not stay where what runs afterwards finds it. */
export const CHECKOUT: Step = {
  uses: uses("checkout"),
  with: { "fetch-depth": 0, "persist-credentials": false },
};

/** Checks a commit out that is named, in the same way. */
export function checkout(ref: string): Step {
  return {
    uses: uses("checkout"),
    with: { ref, "fetch-depth": 0, "persist-credentials": false },
  };
}

/** Node.js without a cache: what is judged, or judges, comes from no other run. */
export const NODE: Step = { uses: uses("setupNode"), with: { "node-version": "22" } };

/** Installs the packages of the lock file, and runs none of their scripts. */
export const INSTALL: Step = {
  name: "Install",
  run: "npm ci --ignore-scripts --no-audit --no-fund",
};

/** Steps of a job that ends a run with a table of the stacks of a job before. */
export function tableSteps(from = "affected"): Step[] {
  return [
    downloadResults("trustwheel-result"),
    {
      name: "Table",
      env: { EXPECTED: `\${{ needs.${from}.outputs.matrices || '[]' }}`, RESULTS: "results" },
      run: `${RESULT_TABLE} | tee table.md >> "$GITHUB_STEP_SUMMARY"\n`,
    },
  ];
}

/** What a job needs besides the packages. */
interface SetUp {
  /** @default - no Terraform */
  readonly terraform?: true;
  /** An expression: whether to synthesize. @default - it synthesizes */
  readonly synth?: string;
}

/** Installs the tools and synthesizes. */
export function setUp(inputs: SetUp = {}): Step {
  const step = { uses: "./.github/actions/trustwheel" };
  return Object.keys(inputs).length === 0 ? step : { ...step, with: inputs };
}

/** Exchanges the token of the job for credentials of a role. */
export function assumeRole(roleArn: string, { region }: GithubSettings): Step {
  return {
    name: "Assume the role",
    uses: uses("awsCredentials"),
    with: {
      "role-to-assume": roleArn,
      "aws-region": region,
      "role-session-name": "trustwheel-${{ github.run_id }}",
    },
  };
}

/**
 * Uploads files of a job; a job that runs again replaces them.
 *
 * @param hidden whether files whose name begins with a dot come along. @default false, as with the action
 */
export function upload(name: string, path: string, days: number, hidden = false): Step {
  return {
    uses: uses("uploadArtifact"),
    with: {
      name,
      path,
      "retention-days": days,
      overwrite: true,
      "if-no-files-found": "ignore",
      ...(hidden ? { "include-hidden-files": true } : {}),
    },
  };
}

/** Downloads what the other jobs of the run have uploaded under names that begin so, into `results/`. */
export function downloadResults(prefix: string): Step {
  return {
    uses: uses("downloadArtifact"),
    with: { pattern: `${prefix}-*`, path: "results", "merge-multiple": true },
  };
}

/** The environment of steps that run Terraform with a state in HCP Terraform. */
export function stateToken({ hcpHost }: GithubSettings): Readonly<Record<string, string>> {
  return hcpHost === undefined ? {} : { [tokenVariable(hcpHost)]: "${{ secrets.TF_API_TOKEN }}" };
}

/** An environment, which must not be empty. */
export function env(variables: Readonly<Record<string, string>>): Step {
  return Object.keys(variables).length === 0 ? {} : { env: variables };
}
