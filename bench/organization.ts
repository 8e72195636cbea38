/** The texts of a generated project. */
export interface GeneratedProject {
  /** Text of `accounts.yaml`. */
  readonly map: string;
  /** Documents of `policies/` by name. */
  readonly policies: Readonly<Record<string, object>>;
}

/** Accounts that hold the hubs; they are counted among the accounts. */
const HUBS = ["delivery", "operations", "audit"] as const;
const STAGES = ["dev", "test", "prod"] as const;
const TEAMS = ["shop", "payments", "search", "data", "mobile", "risk", "logistics"] as const;

/**
 * A project with `count` accounts, three spoke roles in each, and one hub for each of the three: what
 * a platform team has, deployment with an external id per account, operations with a fixed list of
 * actions, and an audit that reads. `revision` changes one account and nothing else.
 */
export function generateProject(count: number, revision = 0): GeneratedProject {
  const accounts = Array.from({ length: count }, (_, index) => accountEntry(index, revision));
  return { map: `${HEAD}\naccounts:\n${accounts.join("\n")}\n${ROLES}`, policies: POLICIES };
}

function accountEntry(index: number, revision: number): string {
  const hub = HUBS[index];
  const id = String(100_000_000_000 + index * 7919);
  if (hub !== undefined) return `  ${hub}:\n    id: "${id}"\n    unit: /Platform`;
  const stage = STAGES[index % STAGES.length] ?? "dev";
  const team = TEAMS[index % TEAMS.length] ?? "shop";
  const key = `${team}-${String(index).padStart(5, "0")}-${stage}`;
  const changed = revision > 0 && index === HUBS.length ? `, revision: "${revision}"` : "";
  return [
    `  ${key}:`,
    `    id: "${id}"`,
    `    unit: /Workloads/${stage}`,
    `    tags: { team: ${team}, stage: ${stage} }`,
    `    parameters: { artifacts: example-${key}-artifacts${changed} }`,
  ].join("\n");
}

const HEAD = `version: 1
organizations:
  example:
    id: o-exampleorg1
defaults:
  region: eu-central-1
  rolePath: /access/
  permissionsBoundary: boundary
tags: { managed-by: trustwheel, owner: platform }
requiredTags: [managed-by, owner]
parameters:
  artifacts: { type: bucket-name, default: example-artifacts }
  revision: { type: string, default: "0" }`;

const ROLES = `
hubs:
  deploy:
    account: delivery
    role: deploy-hub
    reach: organization
    principals:
      pipeline:
        githubActions: { repository: example-org/platform, environment: production }
  operate:
    account: operations
    role: operate-hub
    reach: organization
    principals:
      engineers:
        permissionSet: { name: Engineer }
        sourceIdentity: caller
  inspect:
    account: audit
    role: inspect-hub
    reach: organization
    principals:
      scanner:
        service: { name: lambda }
spokes:
  deploy:
    hubs: [deploy]
    accounts: { units: [/**] }
    externalId: "{{account.key}}"
    permissions:
      documents: [deploy]
  operate:
    hubs: [operate]
    accounts: { units: [/**] }
    maxSession: 2h
    permissions:
      managed: [job-function/ViewOnlyAccess]
      documents: [operate]
  inspect:
    hubs: [inspect]
    accounts: { units: [/**] }
    access: read-only
    permissions:
      managed: [SecurityAudit]
`;

const POLICIES: GeneratedProject["policies"] = {
  boundary: {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Ceiling", Effect: "Allow", Action: "*", Resource: "*" },
      {
        Sid: "NoIdentities",
        Effect: "Deny",
        Action: ["iam:Attach*", "iam:Create*", "iam:Delete*", "iam:Put*", "iam:Update*"],
        Resource: "*",
      },
    ],
  },
  deploy: {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Services",
        Effect: "Allow",
        Action: [
          "cloudformation:Describe*",
          "ecs:Describe*",
          "ecs:RegisterTaskDefinition",
          "ecs:UpdateService",
          "lambda:GetFunction",
          "lambda:UpdateFunctionCode",
        ],
        Resource: "*",
      },
      {
        Sid: "Artifacts",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject"],
        Resource: "arn:{{partition}}:s3:::{{artifacts}}/*",
      },
      {
        Sid: "PassTaskRoles",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "arn:{{partition}}:iam::{{account.id}}:role/service/*",
        Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
      },
    ],
  },
  operate: {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Restart",
        Effect: "Allow",
        Action: ["ec2:RebootInstances", "ecs:StopTask", "rds:RebootDBInstance"],
        Resource: "*",
        Condition: { StringEquals: { "aws:ResourceAccount": "{{account.id}}" } },
      },
      {
        Sid: "Logs",
        Effect: "Allow",
        Action: ["logs:FilterLogEvents", "logs:StartQuery", "logs:GetQueryResults"],
        Resource: "arn:{{partition}}:logs:{{region}}:{{account.id}}:log-group:*",
      },
      {
        Sid: "Revision",
        Effect: "Allow",
        Action: "ssm:GetParameter",
        Resource: "arn:{{partition}}:ssm:{{region}}:{{account.id}}:parameter/release/{{revision}}",
      },
    ],
  },
};
