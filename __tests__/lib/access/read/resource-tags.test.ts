import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import type { AccessGraph } from "../../../../lib/access/access-graph";

const ROLE = "arn:aws:iam::111111111111:role/x";

function tagsOf(tags: unknown, defaults?: unknown, aliased = false): unknown {
  const provider = { allowed_account_ids: ["111111111111"], region: "eu-west-1" };
  const withDefaults = defaults === undefined ? {} : { default_tags: defaults };
  const stack = {
    provider: {
      aws: [
        { ...provider, ...(aliased ? {} : withDefaults) },
        { ...provider, alias: "other", ...(aliased ? withDefaults : {}) },
      ],
    },
    resource: {
      aws_iam_role: {
        x: {
          name: "x",
          assume_role_policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "ec2.amazonaws.com" },
                Action: "sts:AssumeRole",
              },
            ],
          }),
          ...(tags === undefined ? {} : { tags }),
          ...(aliased ? { provider: "aws.other" } : {}),
        },
      },
    },
  };
  const { graph }: { graph: AccessGraph } = readAccessGraph([
    { stack: "s", text: JSON.stringify(stack) },
  ]);
  const found = graph.roles.get(ROLE)?.tags;
  return found?.known === true ? found.value : found?.known;
}

test.each<[string, unknown, unknown, unknown]>([
  ["none", undefined, undefined, {}],
  ["its own", { team: "a" }, undefined, { team: "a" }],
  ["those of the provider", undefined, [{ tags: { owner: "b" } }], { owner: "b" }],
  ["those of the provider, in one block", undefined, { tags: { owner: "b" } }, { owner: "b" }],
  [
    "its own over those of the provider",
    { owner: "a" },
    [{ tags: { owner: "b", cost: "c" } }],
    { owner: "a", cost: "c" },
  ],
  ["with escapes of Terraform undone", { team: "$${a}" }, undefined, { team: "${a}" }],
  ["null", null, [{ tags: null }], {}],
  ["a reference", { team: "${var.team}" }, undefined, false],
  ["a reference in place of all", "${var.tags}", undefined, false],
  ["a reference of the provider", { team: "a" }, [{ tags: "${var.tags}" }], false],
  ["two blocks of the provider", undefined, [{ tags: {} }, { tags: {} }], false],
])("the tags of a role: %s", (_what, tags, defaults, expected) => {
  expect(tagsOf(tags, defaults)).toEqual(expected);
  expect(tagsOf(tags, defaults, true)).toEqual(expected);
});
