import { CommandProject } from "../../../support/projects/command-project";
import { synthesizeMap } from "../../../support/project";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "333333333333" }
  shop: { id: "444444444444" }
hubs:
  staff:
    account: tools
    principals:
      ops: { user: { name: ann, create: true } }
      ops-night: { user: { name: ben, create: true } }
      opsnight: { user: { name: ann }, mfa: true }
      pipeline: { githubActions: { repository: example-org/wheels, branch: main } }
  second:
    account: tools
    principals:
      staff: { role: { name: staff } }
spokes:
  release:
    hubs: [staff]
    accounts: { keys: [shop] }
    principals:
      hub-staff-else: { user: { account: tools, name: ann } }
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;

interface Side {
  readonly from: string;
  readonly to: string;
  readonly trust: readonly { readonly Sid: string }[];
  readonly permission: readonly string[];
  readonly permissionFrom: string;
}

let project: CommandProject;

beforeAll(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
  for (const [stack, text] of synthesizeMap(MAP).tree.stacks) {
    project.write(`out/${stack}/cdk.tf.json`, text);
    project.write(
      `edited/${stack}/cdk.tf.json`,
      text
        .replace(/\\"Sid\\":\\"OpsNight\\"/, '\\"Sid\\":\\"Ops9\\"')
        .replace("repo:example-org/wheels", "repo:example-org/other"),
    );
  }
});

afterAll(() => {
  project.remove();
});

async function explain(
  role: string,
  dir = "out",
): Promise<{
  readonly waysIn: readonly Side[];
  readonly waysOn: readonly Side[];
  readonly otherTrust?: readonly { readonly Sid: string }[];
}> {
  const { stdout } = await project.run(["explain", role, "--dir", dir, "--format", "json"]);
  return JSON.parse(stdout) as Awaited<ReturnType<typeof explain>>;
}

const told = (sides: readonly Side[]): readonly unknown[] =>
  sides.map(({ from, trust, permission, permissionFrom }) => [
    from,
    trust.map(({ Sid }) => Sid),
    permission,
    permissionFrom,
  ]);

test("a statement is under the principal that it comes from, whatever its Sid begins with", async () => {
  const { waysIn, otherTrust } = await explain("staff@tools");
  expect(told(waysIn)).toEqual([
    ["user ann in 333333333333", ["Ops"], ["trustwheel-assume-roles"], "terraform"],
    ["user ben in 333333333333", ["OpsNight"], ["trustwheel-assume-roles"], "terraform"],
    ["user ann in 333333333333", ["Opsnight"], ["trustwheel-assume-roles"], "terraform"],
    ["GitHub Actions of example-org/wheels", ["Pipeline"], [], "not-needed"],
  ]);
  expect(otherTrust).toBeUndefined();
});

test("a hub that another hub assumes says its permission, from both sides", async () => {
  const { waysIn } = await explain("second@tools");
  expect(told(waysIn)).toEqual([
    ["role staff in 333333333333", ["Staff"], ["assume-roles"], "terraform"],
  ]);
  const { waysOn } = await explain("staff@tools");
  expect(waysOn.map(({ to }) => to)).toEqual([
    "arn:aws:iam::333333333333:role/second",
    "arn:aws:iam::444444444444:role/release",
  ]);
});

test("a hub's statement and one of a principal whose key looks like it stay apart", async () => {
  const { waysIn } = await explain("release@shop");
  expect(waysIn.map(({ trust }) => trust.map(({ Sid }) => Sid))).toEqual([
    ["HubStaffElse"],
    ["HubStaff"],
  ]);
});

test("edited statements are under the callers that they name, and others by themselves", async () => {
  const { waysIn, otherTrust = [] } = await explain("staff@tools", "edited");
  expect(waysIn.map(({ trust }) => trust.map(({ Sid }) => Sid))).toEqual([
    ["Ops"],
    ["Ops9"],
    ["Opsnight"],
    [],
  ]);
  expect(otherTrust.map(({ Sid }) => Sid)).toEqual(["Pipeline"]);
  const { stdout } = await project.run(["explain", "staff@tools", "--dir", "edited"]);
  expect(stdout).toContain("other statements of its trust policy\n  {");
});
