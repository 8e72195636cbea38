import type { PolicyDocument } from "../../../lib/iam/policy-document";
import type { Bootstrap, BootstrapStack } from "../../../lib/bootstrap/bootstrap-stack";
import { planBootstrap } from "../../../lib/bootstrap/plan-bootstrap";
import type { BootstrapInput } from "../../../lib/bootstrap/plan-bootstrap";
import { planMap } from "./planned-map";

/** A map whose roles lie at one path under a boundary that somebody else makes; changes go on top. */
export function boundedMap(changes: Readonly<Record<string, unknown>> = {}): object {
  return {
    organizations: { ours: { id: "o-exampleorg1", root: "r-ex01" } },
    defaults: {
      deploymentRole: "trustwheel-deployment",
      rolePath: "/access/",
      permissionsBoundary: { existing: "access/guard" },
    },
    state: { s3: { bucket: "example-org-states", region: "eu-west-1" } },
    pipeline: { account: "tools", githubActions: { repository: "example-org/platform" } },
    accounts: {
      management: { id: "111111111111", management: true, deploymentRole: "none" },
      tools: { id: "222222222222" },
      shop: { id: "333333333333" },
      spare: { id: "444444444444", unit: "/Sandbox" },
    },
    spokes: {
      auditor: {
        accounts: { keys: ["shop"] },
        principals: { auditor: { role: { account: "tools", name: "auditor" }, grant: "declared" } },
        permissions: { managed: ["job-function/ViewOnlyAccess"] },
      },
    },
    ...changes,
  };
}

/** Roles may do what is not about identities. */
export const GUARD: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Ceiling",
      Effect: "Allow",
      NotAction: ["iam:*", "organizations:*"],
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceAccount": "{{account.id}}" } },
    },
  ],
};

/** The bootstrap of a map given as a value. */
export function bootstrapOf(
  map: object = boundedMap(),
  more: Partial<BootstrapInput> = {},
  documents: Readonly<Record<string, PolicyDocument>> = { guard: GUARD },
): Bootstrap {
  const planned = planMap(map, documents);
  const named = new Map(Object.entries(documents));
  return planBootstrap({ ...planned, documents: named, callers: [], ...more });
}

/** The stack of an account. */
export function stackOf({ stacks }: Bootstrap, key: string): BootstrapStack {
  const stack = stacks.find(({ account }) => account.key === key);
  if (stack === undefined) throw new Error(`there is no bootstrap of ${key}`);
  return stack;
}
