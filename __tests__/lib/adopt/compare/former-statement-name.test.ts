import { adoptInto } from "../../../support/plans/adoption";
import { answersOf, policy, trust } from "../../../support/policies/iam-answers";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
  mail: { id: "333333333333" }
`;
const TARGETS = ["222222222222", "333333333333"].map((id) => `arn:aws:iam::${id}:role/target`);

/** A hub that an earlier version generated: its deny has the name `sid`. */
function hubPolicy(sid: string): object {
  return policy(
    {
      Sid: "AssumeDeclaredRoles",
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: TARGETS,
    },
    {
      Sid: sid,
      Effect: "Deny",
      Action: "sts:AssumeRole",
      Resource: "*",
      Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-exampleorg1" } },
    },
  );
}

function changesOfHub(sid: string): readonly string[] | undefined {
  const { adoption } = adoptInto(
    MAP,
    answersOf([
      {
        account: "111111111111",
        name: "deployer",
        trust: trust({ AWS: "arn:aws:iam::222222222222:user/bot" }),
        inline: { "assume-roles": hubPolicy(sid) },
      },
      ...["222222222222", "333333333333"].map((account) => ({
        account,
        name: "target",
        trust: trust({ AWS: "arn:aws:iam::111111111111:role/deployer" }),
        inline: { read: policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }) },
      })),
    ]),
  );
  expect(adoption.refused).toEqual([]);
  return adoption.adopted.find(({ arn }) => arn.endsWith(":role/deployer"))?.changes;
}

test("a hub whose deny has the current name is adopted with that statement unchanged", () => {
  const changes = changesOfHub("DenyOutsideTargets") ?? ["not adopted"];
  expect(changes.filter((change) => change.includes("assume-roles"))).toEqual([]);
});

test("a hub whose deny has the former name is adopted, and its policy is rewritten in place", () => {
  const changes = changesOfHub("DenyAllOtherTargets") ?? ["not adopted"];
  expect(changes.filter((change) => change.includes("assume-roles"))).toEqual([
    expect.stringContaining("the policy assume-roles is rewritten"),
  ]);
  expect(changes.filter((change) => change.includes("denied"))).toEqual([]);
});
