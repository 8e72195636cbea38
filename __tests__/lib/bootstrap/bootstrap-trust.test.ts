import type { OrganizationId } from "../../../lib/iam/identifier";
import {
  accountBootstraps,
  existingBoundaries,
  managedEntities,
} from "../../../lib/bootstrap/account-bootstrap";
import { bootstrapTrust } from "../../../lib/bootstrap/bootstrap-trust";
import { pipelineMap } from "../plan/support/pipeline-map";
import { planMap } from "../plan/support/planned-map";

const CALLER = "arn:aws:iam::111111111111:role/access/trustwheel-apply";

test("a role that exists first trusts one role of the pipeline's account and organization", () => {
  const organization = { id: "o-exampleorg1" as OrganizationId };
  const callerAccount = { id: "111111111111", partition: "aws", organization } as const;
  expect(bootstrapTrust({ callerAccount, callerArn: CALLER, externalId: "deploy" })).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Pipeline",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": [CALLER] },
          StringEquals: {
            "aws:PrincipalOrgID": ["o-exampleorg1"],
            "sts:ExternalId": ["deploy"],
          },
        },
      },
    ],
  });
});

test("every account of the pipeline says which roles must exist, and who enters them", () => {
  const { plan } = planMap(pipelineMap());
  expect(accountBootstraps(plan)).toEqual(
    [
      ["shop", "222222222222"],
      ["tools", "111111111111"],
    ].map(([accountKey, id]) => ({
      accountKey,
      deploymentRoleArn: `arn:aws:iam::${id}:role/trustwheel-deployment`,
      accountPlanRoleArn: `arn:aws:iam::${id}:role/trustwheel-account-plan`,
      applyRoleArn: CALLER,
      planRoleArn: "arn:aws:iam::111111111111:role/access/trustwheel-plan",
    })),
  );
  expect(accountBootstraps(planMap(pipelineMap({ pipeline: undefined })).plan)).toEqual([]);
});

test("what is managed in an account is told by its plan", () => {
  const { plan } = planMap(pipelineMap());
  const [shop, tools] = plan.accounts;
  if (shop === undefined || tools === undefined) throw new Error("an account is missing");
  expect(managedEntities(shop, "/access/")).toEqual({
    location: { partition: "aws", accountId: "222222222222" },
    rolePaths: ["/access/"],
    policyPath: "/access/",
    users: [],
    grantees: [],
    oidcUrls: [],
    samlNames: [],
  });
  expect(managedEntities(tools, "/access/").grantees).toMatchObject([
    { kind: "user", name: "auditor" },
  ]);
});

describe("boundaries that bind a deployment role", () => {
  test("are those that exist already", () => {
    const defaults = { rolePath: "/access/", permissionsBoundary: { existing: "guard" } };
    const [shop] = planMap(pipelineMap({ defaults })).plan.accounts;
    expect(shop && existingBoundaries(shop)).toEqual(["arn:aws:iam::222222222222:policy/guard"]);
  });

  test("are none where a role has none", () => {
    const [shop] = planMap(pipelineMap()).plan.accounts;
    expect(shop && existingBoundaries(shop)).toEqual([]);
  });

  test("are none where Terraform makes them itself", () => {
    const defaults = { permissionsBoundary: "guard" };
    const everything = { Effect: "Allow", Action: "*", Resource: "*" } as const;
    const guard = { Version: "2012-10-17", Statement: [everything] } as const;
    const [shop] = planMap(pipelineMap({ defaults }), { guard }).plan.accounts;
    expect(shop && existingBoundaries(shop)).toEqual([]);
  });
});
