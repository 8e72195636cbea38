import { readAccessGraph } from "../../../lib/access/read/read-access-graph";
import type { AccessGraph } from "../../../lib/access/access-graph";
import { role } from "./sample-reviews";
import { roleBlock, stackText } from "../plans/terraform-stacks";

/** A role that others may assume, by ARN. */
export interface SampleRole {
  readonly accountId: string;
  readonly name: string;
  readonly callers: readonly string[];
}

/** The graph of some roles, read from Terraform as all others are. */
export function graphOf(roles: readonly SampleRole[]): AccessGraph {
  const stacks = new Map<string, Record<string, unknown>>();
  for (const { accountId, name, callers } of roles) {
    const blocks = stacks.get(accountId) ?? {};
    blocks[`role-${Object.keys(blocks).length}`] = roleBlock(
      name,
      [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: callers } }],
      { path: "/access/" },
    );
    stacks.set(accountId, blocks);
  }
  const texts = [...stacks].map(([accountId, blocks]) =>
    stackText(`stack-${accountId}`, accountId, { aws_iam_role: blocks }),
  );
  return readAccessGraph(texts).graph;
}

/** A hub in one account that a runner enters, and roles `deployer` and `reader` in others that trust it. */
export function hubAndSpokes(
  hubAccount: string,
  accountIds: readonly string[],
): readonly SampleRole[] {
  const hub = role(hubAccount, "automation");
  return [
    { accountId: hubAccount, name: "ci-runner", callers: [role(hubAccount, "start")] },
    { accountId: hubAccount, name: "automation", callers: [role(hubAccount, "ci-runner")] },
    ...accountIds.flatMap((accountId) => [
      { accountId, name: "deployer", callers: [hub] },
      { accountId, name: "reader", callers: [hub] },
    ]),
  ];
}
