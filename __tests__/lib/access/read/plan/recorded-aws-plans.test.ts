import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessGraph } from "../../../../../lib/access/access-graph";
import { readPlannedAccess } from "../../../../support/plans/read-planned-access";
import type { PlannedAccess } from "../../../../../lib/access/read/plan/planned-access";
import { ROOT } from "../../../../support/project";

function read(name: string): PlannedAccess {
  const text = readFileSync(join(ROOT, "__tests__/fixtures/plans/aws", `${name}.json`), "utf8");
  return readPlannedAccess([{ file: `${name}.json`, text }]);
}

function policies({ roles }: AccessGraph): Record<string, readonly string[]> {
  return Object.fromEntries(
    [...roles.values()].map(({ arn, policies: all, exclusive }) => [
      `${arn}${exclusive.inline && exclusive.managed ? ", and no others" : ""}`,
      all.map(({ name }) => name.replace(/^.*\//, "")),
    ]),
  );
}

function findings({ diagnostics }: PlannedAccess): string[] {
  return diagnostics.map(({ severity, message }) => `${severity}: ${message}`);
}

const SPOKE = "arn:aws:iam::123456789012:role/spoke";
const MOVED = "arn:aws:iam::123456789012:role/access/spoke";
const OWN = ["read", "ViewOnlyAccess"];
const WITH_HANDS = ["by-hand", "AdministratorAccess", ...OWN];

test.each([
  ["a state", "state", [`${SPOKE}, and no others`, OWN], [`${SPOKE}, and no others`, OWN]],
  [
    "a role that is made anew under another path",
    "replace",
    [`${SPOKE}, and no others`, OWN],
    [`${MOVED}, and no others`, []],
  ],
  [
    "the plan after it",
    "after-replace",
    [`${MOVED}, and no others`, []],
    [`${MOVED}, and no others`, OWN],
  ],
  [
    "policies attached by hand",
    "drift",
    [`${SPOKE}, and no others`, WITH_HANDS],
    [`${SPOKE}, and no others`, OWN],
  ],
  [
    "policies attached by hand, and the lists left out",
    "target",
    [`${SPOKE}, and no others`, WITH_HANDS],
    [`${SPOKE}, and no others`, WITH_HANDS],
  ],
  [
    "policies attached by hand, and the lists forgotten",
    "forget",
    [`${SPOKE}, and no others`, WITH_HANDS],
    [SPOKE, WITH_HANDS],
  ],
  [
    "policies attached by hand, and only read",
    "refresh-only",
    [`${SPOKE}, and no others`, WITH_HANDS],
    [`${SPOKE}, and no others`, WITH_HANDS],
  ],
] as const)("%s", (_, name, before, after) => {
  const planned = read(name);
  expect(policies(planned.before)).toEqual({ [before[0]]: before[1] });
  expect(policies(planned.after)).toEqual({ [after[0]]: after[1] });
});

test("a role that is made anew is no longer in its instance profile, until the next plan", () => {
  const roleIn = ({ instanceProfiles }: AccessGraph) =>
    [...instanceProfiles.values()].map(({ role }) => (role.known ? role.value : role.reason));
  const [lost, next] = [read("replace"), read("after-replace")];
  expect([lost.before, lost.after, next.before, next.after].map(roleIn)).toEqual([
    [SPOKE],
    ["no role is in it"],
    ["no role is in it"],
    [MOVED],
  ]);
});

test("what is said of them", () => {
  const lists = ["policies", "policy_attachments"].map(
    (list) => `aws_iam_role_${list}_exclusive.spoke`,
  );
  const lost =
    "stays as it is in the plan, and is lost with aws_iam_role.spoke, which is made anew";
  expect(
    ["state", "drift", "refresh-only", "after-replace", "import"].map(read).map(findings),
  ).toEqual([[], [], [], [], []]);
  expect(findings(read("replace"))).toEqual([
    `error: ${lists[0]} lists \`read\`, which nothing attaches to aws_iam_role.spoke`,
    `error: ${lists[1]} lists \`arn:aws:iam::aws:policy/job-function/ViewOnlyAccess\`, which nothing attaches to aws_iam_role.spoke`,
    `warning: aws_iam_instance_profile.spoke ${lost}`,
    `warning: aws_iam_role_policy.read ${lost}`,
    `warning: aws_iam_role_policy_attachment.view ${lost}`,
  ]);
  expect(findings(read("target"))).toEqual([
    `error: ${lists[0]} leaves out \`by-hand\`, which aws_iam_role.spoke has attached`,
    `error: ${lists[1]} leaves out \`arn:aws:iam::aws:policy/AdministratorAccess\`, which aws_iam_role.spoke has attached`,
    "warning: is a plan of a part: what it leaves out, such as aws_iam_instance_profile.spoke and 4 more, was not read anew, and is not corrected",
  ]);
  expect(findings(read("forget"))).toEqual(
    lists.map(
      (list) => `warning: ${list} is forgotten: what is attached by hand is no longer taken away`,
    ),
  );
});

test("modules, providers, moves and imports", () => {
  const { before, after, changes } = read("import");
  const far = "arn:aws:iam::222222222222:role/far-20261130205812740000000001";
  const own = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
  const all = {
    [own("old")]: [],
    [own("old2")]: [],
    [far]: ["p"],
    [own("near-0")]: ["b"],
    [own("near-1")]: [],
  };
  expect([policies(before), policies(after)]).toEqual([all, all]);
  const trust = ({ roles }: AccessGraph, name: string): unknown => {
    const document = roles.get(own(name))?.trust;
    return document?.known === true ? document.value.Statement[0]?.Principal : undefined;
  };
  const anybody = { AWS: "*" };
  expect([before, after].map((side) => trust(side, "old"))).toEqual([
    anybody,
    { Service: "ec2.amazonaws.com" },
  ]);
  expect([before, after].map((side) => trust(side, "old2"))).toEqual([anybody, anybody]);
  expect(
    changes.flatMap(({ address, previousAddress }) =>
      previousAddress === undefined ? [] : [[previousAddress, address]],
    ),
  ).toEqual([["aws_iam_user.bot", "aws_iam_user.robot"]]);
});
