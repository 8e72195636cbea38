import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../../constructs/synthesize";
import type { AccountMap } from "../../../lib/account-map/model/account-map";
import type { ResolvedAccess } from "../../../lib/plan/resolved-access";
import { policyDocument } from "../../../lib/iam/policy-document";
import type { Statement } from "../../../lib/iam/policy-document";
import { checkMap, ROOT } from "../project";
import type { PolicyTexts } from "../project";
import { startJudge } from "./judge";
import type { Judge } from "./judge-interface";

/** A project that was synthesized, for a judge to decide about. */
export interface JudgedProject {
  readonly mapText: string;
  readonly map: AccountMap;
  readonly plan: ResolvedAccess;
  readonly stacks: readonly string[];
}

/** Synthesizes a map that must be free of errors. */
export function judgedProject(mapText: string, policies: PolicyTexts = {}): JudgedProject {
  const { map, plan, diagnostics } = checkMap(mapText, policies);
  if (map === undefined || plan === undefined) throw new Error(JSON.stringify(diagnostics));
  return { mapText, map, plan, stacks: [...synthesize(plan).stacks.values()] };
}

/** The example organization at the top of the repository. */
export function exampleProject(): JudgedProject {
  const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
  const names = [
    "access-boundary",
    "connect-database",
    "deploy-services",
    "monitor",
    "read-bucket",
  ];
  const policies = Object.fromEntries(names.map((name) => [name, read(`policies/${name}.json`)]));
  return judgedProject(read("accounts.yaml"), policies);
}

/** Starts a judge over a project; whoever needs a permission that its owner must add is given it. */
export async function startJudgeOf(
  { map, stacks }: JudgedProject,
  now?: () => number,
): Promise<Judge> {
  const accounts = new Map([...map.accounts.values()].map((each) => [each.id as string, each]));
  return startJudge({
    stacks,
    ...(now === undefined ? {} : { now }),
    organizationOf(accountId) {
      const organization = accounts.get(accountId)?.organization;
      if (organization === undefined) return undefined;
      return { id: organization.id, path: `${organization.id}/r-ex01/` };
    },
  });
}

/** A permission set's role in an account of the example, with a permission to assume these roles. */
export function permitPermissionSet(
  judge: Judge,
  {
    account,
    name,
    roles,
  }: { readonly account: string; readonly name: string; readonly roles: readonly string[] },
): string {
  const arn = `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_${name}_0123456789abcdef`;
  const statement: Statement = {
    Effect: "Allow",
    Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
    Resource: roles,
  };
  judge.permit(arn, { policies: [policyDocument([statement])] });
  return arn;
}
