import type { AccessChange } from "../../../../lib/review/kinds/kinds";
import type { Review } from "../../../../lib/review/review";
import { groupChanges } from "../../../../lib/review/report/change-group";
import { entity } from "../../../../lib/review/words/names";
import { sentence } from "../../../../lib/review/report/sentence";
import { stacksSentence } from "../../../../lib/review/report/stacks-sentence";
import { plainText } from "../../../../lib/review/words/text";

const [SHOP, BIKES] = ["222222222222", "333333333333"] as const;
const HUB = "arn:aws:iam::111111111111:role/hub";

function reviewOf(changes: readonly AccessChange[]): Review {
  const account = (id: string, key: string) => ({ id, key, unit: "/Prod", tags: {} });
  return {
    version: 2,
    hasChanges: true,
    changes,
    accounts: {
      "111111111111": account("111111111111", "tools"),
      [SHOP]: account(SHOP, "shop"),
      [BIKES]: account(BIKES, "bikes"),
    },
    stacks: [],
  };
}

function widened(id: string, key: string): AccessChange {
  return {
    kind: "trust",
    role: `arn:aws:iam::${id}:role/deployer`,
    change: "widened",
    gained: {
      request: `with \`deploy-${key}\``,
      caller: HUB,
      action: "sts:AssumeRole",
      with: { "sts:ExternalId": [`deploy-${key}`] },
      without: ["aws:SourceIp"],
    },
  };
}

function said(changes: readonly AccessChange[]): readonly string[] {
  const review = reviewOf(changes);
  return groupChanges(review).map((group) => plainText(sentence(group, review)));
}

test("a request that shows a change says who calls and what decides", () => {
  expect(said([widened(SHOP, "shop")])).toEqual([
    "trust policy of `deployer` in `shop` widens access; now allows, for example: `hub` in `tools` with `sts:ExternalId` `deploy-shop` and without `aws:SourceIp`",
  ]);
});

test("requests of several accounts are one, without the account", () => {
  expect(said([widened(SHOP, "shop"), widened(BIKES, "bikes")])).toEqual([
    "trust policy of `deployer` in 2 accounts of `/Prod` (`bikes` and `shop`) widens access; now allows, for example: `hub` in `tools` with `sts:ExternalId` `deploy-{{account.key}}` and without `aws:SourceIp`",
  ]);
});

test.each(["????????????????", "0123456789abcdef", "xxxxxxxxxxxxxxxx"])(
  "a role of Identity Center with the suffix %s is called by its permission set",
  (suffix) => {
    const name = `arn:aws:iam::${SHOP}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Audit_${suffix}`;
    expect(plainText(entity(name, reviewOf([])))).toBe("permission set `Audit` in `shop`");
  },
);

test("stacks that differ in text name those with the same access", () => {
  const [one, two] = (["one", "two"] as const).map((stack) => ({
    stack,
    status: "changed" as const,
  }));
  if (one === undefined || two === undefined) throw new Error("there are two");
  expect(plainText(stacksSentence([one, two]))).toBe("2 stacks differ in text: `one` and `two`");
  expect(plainText(stacksSentence([one, { ...two, sameAccess: true }]))).toBe(
    "2 stacks differ in text: `one` and `two`; same access in `two`",
  );
  expect(plainText(stacksSentence([{ ...two, sameAccess: true }]))).toBe(
    "1 stack differs in text: `two`; same access",
  );
});
