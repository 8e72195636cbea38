import { synthesize } from "../../../../constructs/synthesize";
import { accountDirectory } from "../../../../lib/access/account-directory";
import { provePlan } from "../../../../lib/access/proof/prove-plan";
import type { Proof } from "../../../../lib/access/proof/prove-plan";
import { checkMap } from "../../../support/project";
import type { PolicyTexts } from "../../../support/project";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  people:
    account: tools
    role: people-hub
    principals:
      engineers:
        permissionSet: { name: Engineer }
        sourceIdentity: { values: ["*@example.com"] }
        sessionTags: { team: { values: [red, blue], transitive: true } }
spokes:
  deployer:
    hubs: [people]
    accounts: { keys: [shop] }
    externalId: deploy-1
    permissions: { documents: [deploy] }
`;
const DEPLOY = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::example-${aws:PrincipalTag/team}/*",
    },
  ],
};
const HUB = "arn:aws:iam::111111111111:role/people-hub";
const DEPLOYER = "arn:aws:iam::222222222222:role/deployer";

/** A map with its synthesized stacks, to be proved after a change to their texts. */
function project(
  map: string,
  policies: PolicyTexts = { deploy: DEPLOY },
): (change?: (text: string, stack: string) => string) => Proof {
  const { map: read, plan, diagnostics } = checkMap(map, policies);
  if (read === undefined || plan === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  }
  const tree = synthesize(plan);
  return (change = (text) => text) =>
    provePlan({
      plan,
      accounts: accountDirectory(read.accounts.values()),
      stacks: [...tree.stacks].map(([stack, text]) => ({ stack, text: change(text, stack) })),
    });
}

const prove = project(MAP);
/** Replaces a text that must occur. */
const replaced =
  (from: string, to: string) =>
  (text: string): string =>
    text.replaceAll(from, to);

describe("a synthesized map", () => {
  test("is proved, with what was proved", () => {
    expect(prove()).toEqual({
      verdict: "proved",
      problems: [],
      diagnostics: [],
      unread: [],
      warnings: [],
      assumed: [],
      roles: 2,
      edges: 2,
      chains: 0,
    });
  });

  test("tells on the way how many of its roles and ways in were proved", () => {
    const { map, plan } = checkMap(MAP, { deploy: DEPLOY });
    if (map === undefined || plan === undefined) throw new Error("the map has findings");
    const said: (readonly [number, number])[] = [];
    provePlan({
      plan,
      accounts: accountDirectory(map.accounts.values()),
      stacks: [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text })),
      onProgress: (done, all) => said.push([done, all]),
    });
    expect(said).toEqual([0, 1, 2, 3].map((done) => [done, 4]));
  });

  test("is refuted by a request in words where the external id is lost", () => {
    const { verdict, problems } = prove(replaced(',\\"sts:ExternalId\\":\\"deploy-1\\"', ""));
    expect(verdict).toBe("refuted");
    expect(problems.map(({ roleArn, message }) => [roleArn, message])).toEqual([
      [
        DEPLOYER,
        `its trust policy lets in whom the map does not declare: role ${HUB} (session arn:aws:sts::111111111111:assumed-role/people-hub/xx) in account 111111111111 (in organization o-exampleorg1), without aws:TagKeys, without sts:ExternalId: sts:AssumeRole on ${DEPLOYER}`,
      ],
    ]);
  });

  test("is refuted where a trust forgets the organization, although the account is in it today", () => {
    const { verdict, problems } = prove((text, stack) =>
      stack === "shop"
        ? text.replaceAll(/\\"aws:PrincipalOrgID\\":\\"o-exampleorg1\\",?/g, "")
        : text,
    );
    expect(verdict).toBe("refuted");
    expect(problems[0]?.message).toContain(
      `role ${HUB} (session arn:aws:sts::111111111111:assumed-role/people-hub/xx) in account 111111111111 (outside of any organization)`,
    );
  });

  test("is refuted where sessions cannot pass on what they carry", () => {
    const { problems } = prove(replaced("sts:SetSourceIdentity", "sts:SetContext"));
    const ofDeployer = problems.filter(({ roleArn }) => roleArn === DEPLOYER);
    expect(ofDeployer.map(({ verdict }) => verdict)).toContain("refuted");
    expect(ofDeployer.map(({ message }) => message).join()).toContain(
      `${HUB} is a declared caller, but is denied`,
    );
  });

  test("is refuted where a role is permitted more, with what", () => {
    const { verdict, problems } = prove(replaced("s3:GetObject", "s3:*"));
    expect(verdict).toBe("refuted");
    expect(problems).toEqual([
      {
        verdict: "refuted",
        roleArn: DEPLOYER,
        at: ["spokes", "deployer"],
        message: expect.stringMatching(
          /^its policies permit what the map does not declare: s3:AbortMultipartUpload on arn:aws:s3:::/,
        ) as unknown,
      },
    ]);
  });

  test("is not proved where a variable would be taken for one of Terraform", () => {
    const { verdict, diagnostics } = prove(replaced("$${", "${"));
    expect(verdict).not.toBe("proved");
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining("it is known only when Terraform runs"),
    ]);
  });
});

describe("roles of the map that a way in names", () => {
  const NAMED = `${MAP.replace("hubs: [people]", "description: entered by name").replace("    externalId: deploy-1\n", "")}
    principals:
      hub: { role: { name: people-hub, account: tools } }
`;

  test("may pass on what their sessions carry", () => {
    const proved = project(NAMED)();
    expect(proved.problems).toEqual([]);
    expect(proved.verdict).toBe("proved");
  });

  test("are refused where the role does not let them pass it on", () => {
    const { verdict } = project(NAMED)((text, stack) =>
      stack === "shop" ? text.replaceAll("sts:TagSession", "sts:SetContext") : text,
    );
    expect(verdict).toBe("refuted");
  });
});

describe("what cannot be read is never proved:", () => {
  const of = (text: string): Proof => prove(() => text);

  test.each([
    ["truncated JSON", '{"resource": {"aws_iam_role": {'],
    ["HCL", 'resource "aws_iam_role" "hub" {\n  name = "hub"\n}\n'],
    ["an empty object", "{}"],
    ["an empty text", ""],
    ["a list", "[]"],
    ["a plan", '{"format_version":"9.9","planned_values":{},"new_field":1}'],
  ])("%s", (_, text) => {
    const { verdict, problems, diagnostics } = of(text);
    expect(verdict).toBe("refuted"); // no role of the map is made
    expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    expect(JSON.stringify([problems, diagnostics])).not.toContain("proved");
  });

  test("no stacks at all", () => {
    const { verdict, diagnostics } = project(MAP)(() => "");
    expect(verdict).not.toBe("proved");
    expect(diagnostics.map(({ rule }) => rule)).toContain("access-empty");
  });

  test("an operator that does not exist", () => {
    const { verdict, problems } = prove(replaced("ArnLike", "ArnAlmost"));
    expect(verdict).not.toBe("proved");
    expect(problems.map(({ roleArn }) => roleArn)).toContain(HUB);
  });

  test("a reference that leads nowhere", () => {
    const { verdict, diagnostics } = prove(
      replaced("${aws_iam_role.spoke-deployer.name}", "${aws_iam_role.nobody.name}"),
    );
    expect(verdict).not.toBe("proved");
    expect(diagnostics.some(({ rule }) => rule === "access-reference")).toBe(true);
  });

  test("a module, whose content is not read", () => {
    const { verdict } = prove((text) =>
      JSON.stringify({ ...(JSON.parse(text) as object), module: { more: { source: "./more" } } }),
    );
    expect(verdict).toBe("unknown");
  });
});
