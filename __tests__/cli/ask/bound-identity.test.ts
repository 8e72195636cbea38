import { synthesizeMap } from "../../support/project";
import { CommandProject } from "../../support/projects/command-project";
import { ComparedFolders } from "../../support/projects/compared-folders";
import type { ComparedSide } from "../../support/projects/compared-folders";

const mapWith = (identity: string): string => `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  people:
    account: tools
    role: people-hub
    principals:
      staff: { user: { name: [ann, zoe], create: true }, sourceIdentity: ${identity} }
      engineers: { permissionSet: { name: Engineer }, sourceIdentity: ${identity} }
spokes:
  reader:
    hubs: [people]
    accounts: { keys: [shop] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;
const HUB = "people-hub@tools";
const sessionOf = (user: string): string =>
  `arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Engineer_0123456789abcdef/${user}`;

describe("questions about a bound identity", () => {
  const project = new CommandProject();

  beforeAll(() => {
    const map = mapWith("caller");
    project.write("accounts.yaml", map);
    for (const [stack, text] of synthesizeMap(map).tree.stacks) {
      project.write(`made/${stack}/cdk.tf.json`, text);
    }
  });

  afterAll(() => {
    project.remove();
  });

  test.each([
    ["ann@tools", HUB, [], "denied", "StringEquals sts:SourceIdentity: the key is absent"],
    ["ann@tools", HUB, ["sts:SourceIdentity=ann"], "allowed", "statement SetOwnSourceIdentity"],
    ["ann@tools", HUB, ["sts:SourceIdentity=zoe"], "denied", "`zoe` against `${aws:username}`"],
    [
      sessionOf("ann@example.com"),
      HUB,
      ["sts:SourceIdentity=ann@example.com"],
      "unknown",
      "what else the caller is permitted is not in the Terraform",
    ],
    [
      sessionOf("ann@example.com"),
      HUB,
      ["sts:SourceIdentity=zoe@example.com"],
      "denied",
      "StringLike aws:userid: none of its values matches",
    ],
    [sessionOf("ann@example.com"), HUB, [], "denied", "StringLike aws:userid"],
    [HUB, "reader@shop", ["aws:SourceIdentity=ann"], "allowed", "HubPeopleSourceIdentity"],
    [HUB, "reader@shop", ["sts:SourceIdentity=ann"], "denied", "Null aws:SourceIdentity"],
  ])("can %s assume %s with %j: %s", async (caller, role, keys, answer, reason) => {
    const said = keys.flatMap((key) => ["--with", key]);
    const { stdout } = await project.run(["can", caller, "assume", role, ...said, "--dir", "made"]);
    expect(stdout.split("\n")[0]).toBe(answer);
    expect(stdout).toContain(reason);
  });

  test("reach and who-can say whose identity it is", async () => {
    const reached = await project.run(["reach", "ann@tools", "--dir", "made"]);
    expect(reached.stdout).toContain(
      "people-hub by sts:AssumeRole, with its user name as source identity\n",
    );
    const who = await project.run(["who-can", "reader@shop", "--dir", "made"]);
    expect(who.stdout).toContain(
      "people-hub by sts:AssumeRole, with its session name as source identity\n",
    );
  });
});

test("the review says that callers can no longer choose the name", async () => {
  const sideOf = (identity: string): ComparedSide => {
    const map = mapWith(identity);
    const { stacks } = synthesizeMap(map).tree;
    return { stacks: [...stacks].map(([stack, text]) => ({ stack, text })), map };
  };
  const compared = new ComparedFolders(sideOf("{ values: [ann, zoe] }"), sideOf("caller"));
  const back = new ComparedFolders(sideOf("caller"), sideOf("{ values: [ann, zoe] }"));
  const narrower = await compared.review("text");
  const wider = await back.review("text");
  compared.remove();
  back.remove();
  expect(narrower).toContain("with its user name as source identity");
  expect(narrower).toContain("with its session name as source identity");
  expect(wider).toContain("with source identity `ann` or `zoe`");
});
