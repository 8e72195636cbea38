import type { AccessChange } from "../../../lib/review/kinds/kinds";
import type { ReviewedAccount } from "../../../lib/review/compare/reviewed-accounts";
import type { Review } from "../../../lib/review/review";
import { called } from "./called";

/** ARN of a role. */
export function role(accountId: string, name: string): string {
  return `arn:aws:iam::${accountId}:role/access/${name}`;
}

/** Id of the account with a number: 1 is 000000000001. */
export function accountId(number: number): string {
  return String(number).padStart(12, "0");
}

/** An account as a review knows it. */
export function account(
  id: string,
  key: string,
  unit = "/Workloads/Prod",
  tags: Readonly<Record<string, string>> = {},
): ReviewedAccount {
  return { id, key, unit, tags };
}

export const SHARED = "555555555555";
export const SHOP = "777777777777";
export const PAYMENTS = "999999999999";
export const DATA = "121212121212";
/** Not in the map. */
export const STRANGER = "161616161616";

const ACCOUNTS: readonly ReviewedAccount[] = [
  account(SHARED, "shared", "/Infrastructure"),
  account(SHOP, "shop-prod"),
  account(PAYMENTS, "payments-prod"),
  account(DATA, "data-test", "/Workloads/Test"),
  { id: STRANGER, tags: {} },
];

/** A review of these changes. */
export function reviewOf(
  changes: readonly AccessChange[],
  accounts: readonly ReviewedAccount[] = ACCOUNTS,
  stacks: Review["stacks"] = [],
): Review {
  return {
    version: 2,
    hasChanges: changes.length + stacks.length > 0,
    changes,
    accounts: Object.fromEntries(accounts.map((each) => [each.id, each])),
    stacks,
  };
}

/** Accounts `team-001` and so on. */
export function manyAccounts(number: number, unit = "/Workloads/Prod"): ReviewedAccount[] {
  return Array.from({ length: number }, (_, index) =>
    account(accountId(index + 1), `team-${String(index + 1).padStart(3, "0")}`, unit),
  );
}

/** A pipeline that can now reach `deployer` in many accounts through a hub, and assume the hub. */
export function pipelineGainsDeployers(number: number): Review {
  const accounts = manyAccounts(number);
  const hub = role(SHARED, "automation");
  const runner = role(SHARED, "ci-runner");
  return reviewOf(
    [
      ...accounts.map(({ id }): AccessChange =>
        called({
          kind: "reach",
          direction: "gained",
          from: runner,
          to: role(id, "deployer"),
          via: [hub],
          certain: true,
        }),
      ),
      called({
        kind: "edge",
        direction: "gained",
        from: runner,
        to: hub,
        action: "sts:AssumeRole",
        certain: true,
        foreign: false,
      }),
    ],
    [...accounts, account(SHARED, "shared", "/Infrastructure")],
  );
}

/** Names that try to break out of Markdown, HTML, Mermaid, tables, SARIF and terminals. */
export const HOSTILE_NAMES: readonly string[] = [
  "`</code><img src=x onerror=alert(1)>`",
  "``` \n```js\nalert(1)",
  "</details></summary><script>alert(1)</script>",
  "@everyone #1 https://example.com www.example.com a@example.com",
  "[text](javascript:alert(1)) ![x](https://example.com/x.png)",
  "| a | b |\n| - | - |",
  '"]; click n0 "javascript:alert(1)"; x["',
  "-->\n<!-- trustwheel-review -->",
  "\u001b[31mred\u0007\u202Eevil",
  "%0A::error::x &lt; &#64; \\",
  "",
  "  spaces  ",
  "`",
];
