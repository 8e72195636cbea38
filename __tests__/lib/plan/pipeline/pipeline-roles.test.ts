import type { Statement } from "../../../../lib/iam/policy-document";
import { valuesOf } from "../../../../lib/iam/policy-document";
import { findingsOf } from "../../../support/project";
import { PIPELINE, pipelineMap } from "../support/pipeline-map";
import { planFindings, planMap } from "../support/planned-map";

function statementsOf(mapText: string, role: "planRole" | "applyRole"): readonly Statement[] {
  const { pipeline } = planMap(mapText).plan;
  if (pipeline === undefined) throw new Error("there is no pipeline");
  return pipeline[role].policies.inline.flatMap(({ document }) => document.Statement);
}

function actionsOn(statements: readonly Statement[], resource: string): readonly string[] {
  return statements
    .filter(({ Effect, Resource }) => Effect === "Allow" && valuesOf(Resource).includes(resource))
    .flatMap(({ Action }) => valuesOf(Action))
    .sort();
}

const STATE = "arn:aws:s3:::example-org-states/trustwheel/????????????/terraform.tfstate";

describe("the role that plans", () => {
  const statements = statementsOf(pipelineMap(), "planRole");

  test("goes on to the role of each account that only reads, and to no other", () => {
    const assumed = statements.filter(({ Effect, Action }) => {
      return Effect === "Allow" && valuesOf(Action).includes("sts:AssumeRole");
    });
    expect(assumed.map(({ Resource }) => Resource)).toEqual([
      [
        "arn:aws:iam::222222222222:role/trustwheel-account-plan",
        "arn:aws:iam::111111111111:role/trustwheel-account-plan",
      ],
    ]);
  });

  test("reads states and neither writes nor locks them", () => {
    expect(actionsOn(statements, STATE)).toEqual(["s3:GetObject"]);
    expect(actionsOn(statements, `${STATE}.tflock`)).toEqual([]);
  });
});

describe("the role that applies", () => {
  const statements = statementsOf(pipelineMap(), "applyRole");

  test("goes on to the deployment role of each account", () => {
    const deployment = "arn:aws:iam::222222222222:role/trustwheel-deployment";
    const reading = "arn:aws:iam::222222222222:role/trustwheel-account-plan";
    expect(actionsOn(statements, deployment)).toEqual(["sts:AssumeRole"]);
    expect(actionsOn(statements, reading)).toEqual([]);
  });

  test("reads, writes and locks states", () => {
    expect(actionsOn(statements, STATE)).toEqual(["s3:GetObject", "s3:PutObject"]);
    expect(actionsOn(statements, `${STATE}.tflock`)).toEqual([
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:PutObject",
    ]);
  });

  test("uses the key of the states where they have one of their own", () => {
    const kmsKey = "arn:aws:kms:eu-central-1:111111111111:key/00000000-0000-0000-0000-000000000000";
    const state = { s3: { bucket: "example-org-states", region: "eu-central-1", kmsKey } };
    const map = pipelineMap({ state });
    expect(actionsOn(statementsOf(map, "planRole"), kmsKey)).toEqual(["kms:Decrypt"]);
    expect(actionsOn(statementsOf(map, "applyRole"), kmsKey)).toEqual([
      "kms:Decrypt",
      "kms:GenerateDataKey",
    ]);
  });

  test("has no permission for states that are not in S3", () => {
    const map = pipelineMap({ state: { hcp: { organization: "example-org" } } });
    const actions = statementsOf(map, "applyRole").flatMap(({ Action }) => valuesOf(Action));
    expect([...new Set(actions)]).toEqual(["sts:AssumeRole"]);
  });

  test("goes on to 500 accounts within its quotas", () => {
    const accounts = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `account-${index}`,
        { id: String(200_000_000_000 + index) },
      ]),
    );
    const map = pipelineMap({
      accounts: { tools: { id: "111111111111" }, ...accounts },
      spokes: undefined,
    });
    expect(findingsOf(map)).toBe("");
  });
});

test("a map without a pipeline has no roles for one", () => {
  const { plan } = planMap(pipelineMap({ pipeline: undefined }));
  expect(plan.pipeline).toBeUndefined();
  expect(plan.accounts.flatMap(({ roles }) => roles.map(({ id }) => id))).toEqual([
    "spoke-auditor",
  ]);
});

describe("what a pipeline cannot do is told", () => {
  function messages(changes: Readonly<Record<string, unknown>>): string[] {
    return planFindings(pipelineMap(changes)).map(({ rule, message }) => `${message} [${rule}]`);
  }

  test("a state that is a file", () => {
    expect(messages({ state: { local: {} } })).toEqual([
      "a pipeline keeps no files between runs, and the state is such a file [pipeline]",
    ]);
  });

  test("an account without a deployment role, where something is made", () => {
    const accounts = {
      tools: { id: "111111111111" },
      shop: { id: "222222222222", deploymentRole: "none" },
      empty: { id: "333333333333", deploymentRole: "none" },
    };
    expect(messages({ accounts })).toEqual([
      "the pipeline cannot deploy to `shop`: it has no deployment role [pipeline]",
    ]);
  });

  test("a deployment role behind other roles", () => {
    const via = [{ account: "tools", role: "AWSAFTAdmin" }];
    const accounts = {
      tools: { id: "111111111111" },
      shop: { id: "222222222222", deploymentRole: { role: "AWSAFTExecution", via } },
    };
    expect(messages({ accounts })).toEqual([
      "the pipeline cannot deploy to `shop`: its deployment role is reached through other roles, which a read-only plan cannot assume [pipeline]",
    ]);
  });

  test("an account of another partition", () => {
    const accounts = {
      tools: { id: "111111111111", organization: "none" },
      shop: { id: "222222222222", partition: "aws-cn", organization: "none" },
    };
    const spokes = {
      reader: {
        accounts: { keys: ["shop"] },
        principals: { reader: { user: { name: "reader" } } },
      },
    };
    expect(messages({ accounts, spokes })).toEqual([
      "the pipeline cannot deploy to `shop`: it is in the partition `aws-cn`, the pipeline is in `aws` [PT-01]",
    ]);
  });
});

describe("a boundary that the pipeline cannot work under is told (PB-02)", () => {
  const defaults = { deploymentRole: "trustwheel-deployment", permissionsBoundary: "guard" };
  const allow = (Action: string[], Resource: string): Statement => ({
    Effect: "Allow",
    Action,
    Resource,
  });

  function told(...Statement: Statement[]): string[] {
    const guard = { Version: "2012-10-17", Statement } as const;
    return planFindings(pipelineMap({ defaults }), { guard }).map(
      ({ rule, message }) => `${message} [${rule}]`,
    );
  }

  test("where it keeps the roles from going on", () => {
    expect(told(allow(["s3:*"], "*"))).toEqual(
      [
        ["apply", "deployment"],
        ["plan", "account-plan"],
      ].map(
        ([role, target]) =>
          `the boundary of \`trustwheel-${role}\` does not allow \`sts:AssumeRole\` on \`arn:aws:iam::222222222222:role/trustwheel-${target}\`, which the pipeline needs [PB-02]`,
      ),
    );
  });

  test("also where it is made elsewhere and the map says its text", () => {
    const permissionsBoundary = { existing: "limits", document: "guard" };
    const map = pipelineMap({ defaults: { ...defaults, permissionsBoundary } });
    const findings = (action: string[]): string[] => {
      const guard = { Version: "2012-10-17", Statement: [allow(action, "*")] } as const;
      return planFindings(map, { guard }).map(({ rule, message }) => `${message} [${rule}]`);
    };
    expect(findings(["s3:*"])).toEqual(told(allow(["s3:*"], "*")));
    expect(findings(["sts:AssumeRole", "s3:*"])).toEqual([]);
  });

  test("where it keeps them from the states", () => {
    const reading = ["sts:AssumeRole", "s3:GetObject", "s3:ListBucket"];
    expect(told(allow(reading, "*"))).toEqual([
      "the boundary of `trustwheel-apply` does not allow `s3:PutObject` on `arn:aws:s3:::example-org-states/trustwheel/111111111111/terraform.tfstate`, which the pipeline needs [PB-02]",
    ]);
  });

  test("and one that allows both is fine", () => {
    expect(told(allow(["sts:AssumeRole", "s3:*"], "*"))).toEqual([]);
  });
});

describe("a pipeline that is written wrongly is refused at its line", () => {
  function findings(pipeline: unknown): string[] {
    return findingsOf(pipelineMap({ pipeline }))
      .split("\n")
      .filter((line) => line.startsWith("accounts.yaml:"))
      .map((line) => line.replace(/^accounts\.yaml:\d+:\d+: /, ""));
  }

  test("an account that is not there", () => {
    expect(findings({ ...PIPELINE, account: "tool" })).toEqual([
      "there is no account `tool`, known: `shop`, `tools` [unknown-account]",
    ]);
  });

  test("nothing that runs it, and two that do", () => {
    expect(findings({ account: "tools" })).toEqual([
      "a pipeline runs on exactly one of `atlantis`, `githubActions`, `gitlab`, got none [pipeline]",
    ]);
    expect(
      findings({
        ...PIPELINE,
        atlantis: { repository: "github.com/example-org/platform", role: "atlantis" },
      }),
    ).toEqual([
      "a pipeline runs on exactly one of `atlantis`, `githubActions`, `gitlab`, got `atlantis`, `githubActions` [pipeline]",
    ]);
  });

  test.each(["example-org/*", "example-org/platform;x", "-example/platform"])(
    "the repository %s",
    (repository) => {
      const found = findings({ ...PIPELINE, githubActions: { repository } });
      expect(found.filter((line) => line.endsWith("[pipeline]"))).toEqual([
        `\`repository\` must be letters, digits and any of \`._/-\`, beginning with a letter or digit, got "${repository}" [pipeline]`,
      ]);
    },
  );

  test.each(["release/*", "${{ github.actor }}", "$(id)", ""])("the branch %s", (branch) => {
    const githubActions = { ...PIPELINE.githubActions, branch };
    expect(findings({ ...PIPELINE, githubActions })).toContain(
      `\`branch\` must be letters, digits and any of \`._/-\`, beginning with a letter or digit, got "${branch}" [pipeline]`,
    );
  });

  test("roles of one name", () => {
    expect(findings({ ...PIPELINE, planRole: "pipeline", applyRole: "Pipeline" })).toEqual([
      '`planRole` and `applyRole` are roles of one account, and both are called "Pipeline" [pipeline]',
    ]);
  });

  test("too many accounts at once", () => {
    expect(findings({ ...PIPELINE, maxParallel: 257 })).toHaveLength(1);
  });
});
