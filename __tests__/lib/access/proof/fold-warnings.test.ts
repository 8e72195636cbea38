import { proofFindings } from "../../../../lib/access/proof/proof-findings";
import { provePlan } from "../../../../lib/access/proof/prove-plan";
import { foldWarnings } from "../../../../lib/access/proof/fold-warnings";
import { accountDirectory } from "../../../../lib/access/account-directory";
import { synthesize } from "../../../../constructs/synthesize";
import { printDiagnostics } from "../../../../lib/diagnostics/print";
import type { Diagnostic } from "../../../../lib/diagnostics/diagnostic";
import { checkMap } from "../../../support/project";

const START = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
  mail: { id: "333333333333" }
hubs:
  deployer:
    account: tools
    principals:
      bot: { user: { name: bot, account: shop } }
spokes:
`;

function spoke(key: string, accounts: string, managed: string): string {
  return `  ${key}:
    hubs: [deployer]
    accounts: { keys: [${accounts}] }
    permissions: { managed: [${managed}] }
`;
}

/** What a proof of a map says, each finding with its place. */
function findingsOf(
  mapText: string,
  edit: (text: string) => string = (text) => text,
): Diagnostic[] {
  const { map, plan, source } = checkMap(mapText);
  if (map === undefined || plan === undefined || source === undefined) {
    throw new Error("the map has errors");
  }
  const stacks = [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text: edit(text) }));
  const accounts = accountDirectory(map.accounts.values());
  const proof = provePlan({ plan, accounts, stacks });
  expect(proof.diagnostics.filter(({ severity }) => severity === "warning")).toEqual([]);
  return proofFindings(proof, source);
}

function firstLines(findings: readonly Diagnostic[]): string[] {
  return printDiagnostics(findings, { texts: new Map(), color: false }).trim().split(/\n+/);
}

test("a warning that is the same in many accounts is one, at the map's line, with the accounts counted", () => {
  const map = START + spoke("reader", "tools, shop, mail", "AmazonVPCReadOnlyAccess");
  expect(firstLines(findingsOf(map))).toEqual([
    expect.stringMatching(
      /^accounts\.yaml:15:30: warning: .*arn:aws:iam::aws:policy\/AmazonVPCReadOnlyAccess.*, in 3 accounts, such as `mail` \[access-policy\]$/,
    ),
  ]);
});

test("it is the same where only the ID of the account differs, which is then written as in the map", () => {
  const own = '"arn:aws:iam::{{account.id}}:policy/own"';
  const [first = "", ...others] = firstLines(
    findingsOf(START + spoke("reader", "shop, mail", own)),
  );
  expect(others).toEqual([]);
  expect(first).toMatch(/^accounts\.yaml:15:30: warning: /);
  expect(first).toContain("arn:aws:iam::{{account.id}}:policy/own");
  expect(first).toMatch(/, in 2 accounts, such as `mail` \[access-policy\]$/);
  expect(first).not.toMatch(/\d{12}/);
});

test("in one account it names the account, and keeps its ID", () => {
  const own = '"arn:aws:iam::{{account.id}}:policy/own"';
  const [first = "", ...others] = firstLines(findingsOf(START + spoke("reader", "shop", own)));
  expect(others).toEqual([]);
  expect(first).toMatch(/arn:aws:iam::222222222222:policy\/own.*, in `shop` \[access-policy\]$/);
});

test("two entries and two policies are findings of their own, each at its line", () => {
  const map =
    START +
    spoke("reader", "shop, mail", "AmazonVPCReadOnlyAccess") +
    spoke("viewer", "shop", "AmazonVPCReadOnlyAccess, 'arn:aws:iam::{{account.id}}:policy/own'");
  const places = findingsOf(map).map(({ file, span, message }) => [
    `${file}:${span?.start.line ?? 0}:${span?.start.column ?? 0}`,
    /, in .*$/.exec(message)?.[0],
  ]);
  expect(places).toEqual([
    ["accounts.yaml:15:30", ", in 2 accounts, such as `mail`"],
    ["accounts.yaml:19:30", ", in `shop`"],
    ["accounts.yaml:19:55", ", in `shop`"],
  ]);
});

test("a boundary whose text is unknown is one warning at the entry of the role", () => {
  const map =
    START +
    spoke("reader", "tools, shop, mail", "ReadOnlyAccess") +
    "    permissionsBoundary: { existing: limit }\n";
  const [finding, ...others] = findingsOf(map);
  expect(others).toEqual([]);
  expect(finding?.file).toBe("accounts.yaml");
  expect(finding?.span?.start.line).toBe(12);
  expect(finding?.message).toContain("arn:aws:iam::{{account.id}}:policy/limit");
  expect(finding?.message).toMatch(/, in 3 accounts, such as `mail`$/);
  expect(finding?.help).toContain("permissionsBoundary");
});

test("errors are never folded: each stays at its own file", () => {
  const map = START + spoke("reader", "shop, mail", "ReadOnlyAccess");
  const found = findingsOf(map, (text) =>
    text.replaceAll('"permissions":', '"unused":').replace(/\{\n/, '{\n  "module": {"x": {}},\n'),
  ).filter(({ rule }) => rule === "access-module");
  expect(found.map(({ file, severity }) => [file, severity])).toEqual([
    ["mail/cdk.tf.json", "error"],
    ["shop/cdk.tf.json", "error"],
    ["tools/cdk.tf.json", "error"],
  ]);
});

test("one account that has a warning twice counts once", () => {
  const { plan } = checkMap(START + spoke("reader", "shop", "ReadOnlyAccess"));
  if (plan === undefined) throw new Error("the map has errors");
  const stacks = [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
  const warning: Diagnostic = {
    severity: "warning",
    rule: "access-resource",
    file: "shop/cdk.tf.json",
    message: "x is not read",
  };
  const { rest, folded } = foldWarnings([warning, warning], stacks, plan);
  expect(rest).toEqual([]);
  expect(folded).toEqual([{ diagnostic: { ...warning, message: "x is not read, in `shop`" } }]);
});

test("a warning at a file of no account in the map stays as it is", () => {
  const { plan } = checkMap(START + spoke("reader", "shop", "ReadOnlyAccess"));
  if (plan === undefined) throw new Error("the map has errors");
  const warning: Diagnostic = {
    severity: "warning",
    rule: "access-block",
    file: "other.json",
    message: "y",
  };
  expect(foldWarnings([warning], [], plan)).toEqual({ rest: [warning], folded: [] });
});
