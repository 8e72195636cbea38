import { readReviewedTree } from "../../../../lib/review/compare/read-reviewed-tree";
import type { ReviewedTree } from "../../../../lib/review/compare/reviewed-tree";
import { roleBlock, stackText } from "../../../support/plans/terraform-stacks";
import { reviewOf } from "../compare/support/compared-maps";

const SHOP = "222222222222";
const PROVIDER = `arn:aws:iam::${SHOP}:oidc-provider/gitlab.com`;

function tree(clientIds: unknown): ReviewedTree {
  return readReviewedTree([
    stackText("shop", SHOP, {
      aws_iam_role: { any: roleBlock("any", []) },
      aws_iam_openid_connect_provider: {
        gitlab: { url: "https://gitlab.com", client_id_list: clientIds },
      },
    }),
  ]);
}

function changes(base: unknown, head: unknown): unknown {
  return reviewOf(tree(base), tree(head)).changes.filter(({ kind }) => kind === "provider");
}

const CHANGE = { kind: "provider", provider: PROVIDER, what: "client-ids" };

test("an audience that comes widens, one that goes narrows, both change", () => {
  expect(changes(["a"], ["a", "b"])).toEqual([
    { ...CHANGE, added: ["b"], removed: [], change: "widened" },
  ]);
  expect(changes(["a", "b"], ["a"])).toEqual([
    { ...CHANGE, added: [], removed: ["b"], change: "narrowed" },
  ]);
  expect(changes(["a"], ["b"])).toEqual([
    { ...CHANGE, added: ["b"], removed: ["a"], change: "changed" },
  ]);
});

test("the order of audiences means nothing", () => {
  expect(changes(["a", "b"], ["b", "a"])).toEqual([]);
});

test("audiences that are not known are unknown", () => {
  expect(changes(["a"], "${var.audiences}")).toMatchObject([{ ...CHANGE, change: "unknown" }]);
});
