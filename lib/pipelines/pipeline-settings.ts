import type { PipelineRunner } from "../account-map/model/pipeline-runner";
import type { Partition } from "../iam/partition";
import type { ResolvedAccess } from "../plan/resolved-access";

/** Most jobs of one matrix of GitHub Actions (docs.github.com/actions/reference/limits). */
export const MOST_JOBS = 256;

/** What the files of a pipeline need to know of a map. */
export interface PipelineSettings<Runner extends PipelineRunner = PipelineRunner> {
  readonly runner: Runner;
  readonly partition: Partition;
  /** Where tokens are exchanged for credentials. */
  readonly region: string;
  readonly planRoleArn: string;
  readonly applyRoleArn: string;
  /** Name of the role of every account that plans assume. */
  readonly accountPlanRole: string;
  readonly maxParallel: number;
  /** Matrices that all stacks together take. */
  readonly matrices: number;
  /** Waves that a deployment may take: room to put hubs before spokes, to take them away after these, and to put the pipeline's own roles first. */
  readonly waves: number;
  /** Host of HCP Terraform that keeps the states. @default - they are not kept there */
  readonly hcpHost?: string;
}

/** The settings of the pipeline of a plan; nothing where the map has none. */
export function pipelineSettings(plan: ResolvedAccess): PipelineSettings | undefined {
  if (plan.pipeline === undefined) return undefined;
  const { pipeline, planRole, applyRole } = plan.pipeline;
  const depths = stackDepths(plan);
  const matrices = Math.max(1, Math.ceil(plan.accounts.length / MOST_JOBS));
  const deepest = Math.max(0, ...depths.values());
  return {
    runner: pipeline.runner,
    partition: pipeline.account.partition,
    region: pipeline.account.region,
    planRoleArn: planRole.arn,
    applyRoleArn: applyRole.arn,
    accountPlanRole: pipeline.accountPlanRole,
    maxParallel: pipeline.maxParallel,
    matrices,
    waves: Math.max(4, 2 * (deepest + 1) + 1) + 2 * (matrices - 1),
    ...(plan.state.kind === "hcp" ? { hcpHost: plan.state.hostname } : {}),
  };
}

/** How many stacks must come before each, one after the other (rule TR-11). The plan has no circles. */
function stackDepths({ accounts }: ResolvedAccess): Map<string, number> {
  const dependsOn = new Map(accounts.map(({ account, dependsOn }) => [account.key, dependsOn]));
  const depths = new Map<string, number>();
  const depthOf = (key: string): number => {
    const known = depths.get(key);
    if (known !== undefined) return known;
    depths.set(key, 0); // ends where a circle would begin
    const depth = Math.max(0, ...(dependsOn.get(key) ?? []).map((before) => depthOf(before) + 1));
    depths.set(key, depth);
    return depth;
  };
  for (const key of dependsOn.keys()) depthOf(key);
  return depths;
}
