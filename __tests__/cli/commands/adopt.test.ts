import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandProject, answers } from "../../support/projects/command-project";
import { answersOf, policy, trust } from "../../support/policies/iam-answers";
import type { AnsweredRole } from "../../support/policies/iam-answers";

const MAP = `# ours
organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" } # the shop
  mail: { id: "333333333333" }
`;
const HUB = "arn:aws:iam::111111111111:role/deployer";
const PINNED = trust(
  { AWS: "arn:aws:iam::111111111111:root" },
  { ArnEquals: { "aws:PrincipalArn": HUB }, StringEquals: { "sts:ExternalId": "deploy-1" } },
);
const spoke = (account: string): AnsweredRole => ({
  account,
  name: "target",
  trust: PINNED,
  inline: { read: policy({ Effect: "Allow", Action: "s3:GetBucketLocation", Resource: "*" }) },
});
const ROLES: readonly AnsweredRole[] = [
  {
    account: "111111111111",
    name: "deployer",
    trust: trust({ Service: "codebuild.amazonaws.com" }),
    inline: {
      hop: policy({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: ["222222222222", "333333333333"].map((id) => `arn:aws:iam::${id}:role/target`),
      }),
    },
  },
  spoke("222222222222"),
  spoke("333333333333"),
  { account: "222222222222", name: "open", trust: trust({ AWS: "*" }) },
];

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
  for (const { file, value } of answersOf(ROLES)) project.write(file, JSON.stringify(value));
});

afterEach(() => {
  project.remove();
});

const ADOPT = ["adopt", "details.json", "roles.json"];

test("writes the map, the documents and the import blocks, and says what it did not take and why", async () => {
  const { code, stdout, stderr } = await project.run([...ADOPT, "--yes"]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(project.read("accounts.yaml")).toBe(`${MAP}hubs:
  deployer:
    account: tools
    description: ""
    principals:
      codebuild:
        service: { name: codebuild }
spokes:
  target:
    hubs: [deployer]
    description: ""
    permissions: { documents: [read] }
    accounts: { keys: [mail, shop] }
    externalId: deploy-1
`);
  expect(JSON.parse(project.read("policies/read.json"))).toEqual(
    policy({ Effect: "Allow", Action: "s3:GetBucketLocation", Resource: "*" }),
  );
  expect(project.read("imports/222222222222.tf")).toBe(
    [
      "# Roles that were adopted. Remove this file once it is applied.\n",
      'import {\n  to = aws_iam_role.spoke-target\n  id = "target"\n}\n',
      'import {\n  to = aws_iam_role_policy.spoke-target_policy-read\n  id = "target:read"\n}\n',
      'import {\n  to = aws_iam_role_policies_exclusive.spoke-target_policies\n  id = "target"\n}\n',
      'import {\n  to = aws_iam_role_policy_attachments_exclusive.spoke-target_attachments\n  id = "target"\n}\n',
    ].join("\n"),
  );
  expect(stdout).toContain("  ~ target in shop: rewritten, same access (spoke target)\n");
  expect(stdout).toContain(
    "Not adopted\n  x arn:aws:iam::222222222222:role/open\n      its trust policy allows everyone, limited only by conditions\n",
  );
  expect(stdout).toContain("wrote accounts.yaml\n");
});

test("synthesis copies import blocks beside the stack, until they are removed", async () => {
  await project.run([...ADOPT, "--yes"]);
  const beside = join(project.folder, "cdktf.out/stacks/shop/imports.tf");
  expect((await project.run(["synth"])).code).toBe(0);
  expect(readFileSync(beside, "utf8")).toBe(project.read("imports/222222222222.tf"));
  const { rmSync } = await import("node:fs");
  rmSync(join(project.folder, "imports"), { recursive: true });
  expect((await project.run(["synth"])).code).toBe(0);
  expect(existsSync(beside)).toBe(false);
});

test("shows all of it and writes nothing in a dry run", async () => {
  const { code, stdout } = await project.run([...ADOPT, "--dry-run"]);
  expect(code).toBe(0);
  expect(stdout).toContain("accounts.yaml would be written\n");
  expect(project.read("accounts.yaml")).toBe(MAP);
  expect(existsSync(join(project.folder, "policies"))).toBe(false);
  expect(existsSync(join(project.folder, "imports"))).toBe(false);
});

test("whoever is asked can say no, and then nothing is written", async () => {
  const { code, stderr } = await project.run(ADOPT, answers({ Write: false }));
  expect(code).toBe(1);
  expect(stderr).toBe("nothing written\n");
  expect(project.read("accounts.yaml")).toBe(MAP);
  expect(existsSync(join(project.folder, "imports"))).toBe(false);
});

test("where the map was changed meanwhile, the other files are not written either", async () => {
  const { code, stderr } = await project.run(ADOPT, {
    input: () => Promise.resolve(undefined),
    confirm: () => {
      project.write("accounts.yaml", `${MAP}# changed\n`);
      return Promise.resolve(true);
    },
  });
  expect(code).toBe(2);
  expect(stderr).toContain("accounts.yaml changed since it was read; nothing written\n");
  expect(existsSync(join(project.folder, "policies/read.json"))).toBe(false);
  expect(existsSync(join(project.folder, "imports/222222222222.tf"))).toBe(false);
});

test("a second time there is nothing to write", async () => {
  await project.run([...ADOPT, "--yes", "--only", "deployer", "target"]);
  const { code, stdout } = await project.run([...ADOPT, "--yes", "--only", "deployer", "target"]);
  expect(code).toBe(0);
  expect(stdout).toBe(
    "Not touched\n  3 already in the map\n  1 not named by --only\n\nnothing to write\n",
  );
});

test("programs are told the same", async () => {
  const { code, stdout } = await project.run([...ADOPT, "--yes", "--format", "json"]);
  expect(code).toBe(0);
  const told = JSON.parse(stdout) as { adopted: { outcome: string }[]; refused: unknown };
  expect(told).toMatchObject({
    outcome: "written",
    verdict: "proved",
    refused: [
      {
        arn: "arn:aws:iam::222222222222:role/open",
        reason: "its trust policy allows everyone, limited only by conditions",
      },
    ],
  });
  expect(told.adopted.map(({ outcome }) => outcome)).toEqual([
    "same-access",
    "same-access",
    "same-access",
  ]);
});

describe("input that cannot be used", () => {
  const details = answersOf(ROLES)[0]?.value as Readonly<Record<string, unknown>>;
  test.each([
    ["no source", ["adopt"], "pass files, or `--live` to read roles from IAM"],
    ["both sources", [...ADOPT, "--live"], "pass files, or `--live` to read roles from IAM"],
    ["a role without --live", [...ADOPT, "--role", "x"], "--role` needs `--live"],
    [
      "a file that is missing",
      ["adopt", "none.json"],
      "none.json: cannot be read: there is no such file",
    ],
    ["no list of roles", ["adopt", "details.json"], "the maximum session of roles in"],
    ["the list of roles alone", ["adopt", "roles.json"], "no file has a role"],
    ["the same file twice", ["adopt", "details.json", "copy.json", "roles.json"], "was read twice"],
    [
      "a part of the answer",
      ["adopt", "part.json", "roles.json"],
      "this is only the first part of the output",
    ],
    ["something else", ["adopt", "else.json"], "it has neither `RoleDetailList` nor `Roles`"],
    ["a list", ["adopt", "list.json"], "this is not output of IAM"],
    ["no JSON", ["adopt", "accounts.yaml"], "not valid JSON"],
    [
      "roles that are none",
      ["adopt", "odd.json", "roles.json"],
      "this is not a role with its ARN, path and name",
    ],
  ])("%s", async (_, args, message) => {
    project.write("copy.json", JSON.stringify(details));
    project.write("part.json", JSON.stringify({ ...details, IsTruncated: true, Marker: "x" }));
    project.write("else.json", JSON.stringify({ Users: [] }));
    project.write("list.json", "[]");
    project.write("odd.json", JSON.stringify({ RoleDetailList: [{ RoleName: "x" }] }));
    const { code, stdout, stderr } = await project.run([...args, "--yes"]);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect(project.read("accounts.yaml")).toBe(MAP);
  });

  test("a map that is not sound is not touched", async () => {
    project.write("accounts.yaml", "accounts: {}\nhubs: { a: {} }\n");
    const { code } = await project.run([...ADOPT, "--yes"]);
    expect(code).toBe(1);
    expect(project.read("accounts.yaml")).toBe("accounts: {}\nhubs: { a: {} }\n");
  });
});
