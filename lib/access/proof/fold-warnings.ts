import type { Account } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { ResolvedAccess, AccountPlan, RolePlan } from "../../plan/resolved-access";
import { stackAccountId } from "../read/stack-accounts";
import type { StackSource } from "../read/read-access-graph";

/** A warning about the stacks of one account or of several. */
export interface FoldedWarning {
  /** The first of them, by file; its message counts the accounts. */
  readonly diagnostic: Diagnostic;
  /** The entry of the map that it comes from. @default - unknown: the finding stays at its file */
  readonly at?: Path;
}

/**
 * Warnings that say the same of many accounts, each once with the accounts counted. Only warnings: every
 * error stays, at its own file.
 *
 * Two warnings are the same if they differ only by the ID of the account that their stack is for.
 */
export function foldWarnings(
  diagnostics: readonly Diagnostic[],
  stacks: readonly StackSource[],
  plan: ResolvedAccess,
): { readonly rest: readonly Diagnostic[]; readonly folded: readonly FoldedWarning[] } {
  const accounts = accountsByFile(stacks, plan);
  const rest: Diagnostic[] = [];
  const groups = new Map<string, Group>();
  for (const diagnostic of diagnostics) {
    const account = accounts.get(diagnostic.file);
    if (diagnostic.severity !== "warning" || account === undefined) {
      rest.push(diagnostic);
      continue;
    }
    const { rule, message, help = "" } = diagnostic;
    const neutral = message.replaceAll(account.account.id, "{{account.id}}");
    const key = JSON.stringify([rule, neutral, help]);
    const group = groups.get(key) ?? { first: diagnostic, neutral, plans: [] };
    if (!group.plans.includes(account)) group.plans.push(account);
    groups.set(key, group);
  }
  const folded = [...groups.values()].map(({ first, neutral, plans }): FoldedWarning => {
    const at = plans[0] === undefined ? undefined : placeOf(first.message, plans[0]);
    const where = countAccounts(plans.map(({ account }) => account));
    return {
      diagnostic: {
        ...first,
        message: `${plans.length === 1 ? first.message : neutral}, ${where}`,
      },
      ...(at === undefined ? {} : { at }),
    };
  });
  return { rest, folded };
}

interface Group {
  readonly first: Diagnostic;
  /** Its message with `{{account.id}}`, as the map writes it, for the ID of the account. */
  readonly neutral: string;
  readonly plans: AccountPlan[];
}

/** The account of each file whose stack is for exactly one account in the map. */
function accountsByFile(
  stacks: readonly StackSource[],
  { accounts }: ResolvedAccess,
): ReadonlyMap<string, AccountPlan> {
  const byId = new Map(accounts.map((each) => [each.account.id as string, each]));
  return new Map(
    stacks.flatMap((stack): [string, AccountPlan][] => {
      const [file, id] =
        "text" in stack
          ? [`${stack.stack}/cdk.tf.json`, stackAccountId(stack.text)]
          : [stack.file, stack.accounts.length === 1 ? stack.accounts[0]?.accountId : undefined];
      const account = byId.get(id ?? "");
      return account === undefined ? [] : [[file, account]];
    }),
  );
}

/** Where the map declares what a message is about: the line of a managed policy, or the entry of a role. */
function placeOf(message: string, { roles }: AccountPlan): Path | undefined {
  const [address = ""] = message.split(" ", 1);
  const [type, name = ""] = address.split(".");
  const role = roles.find(({ id }) =>
    type === "aws_iam_role_policy_attachment" ? name.startsWith(`${id}_`) : name === id,
  );
  return role === undefined ? undefined : (managedPlace(message, role) ?? role.at);
}

function managedPlace(message: string, { policies }: RolePlan): Path | undefined {
  const words = new Set(message.split(/[\s,]+/));
  return policies.managed.find(({ arn }) => words.has(arn))?.at;
}

function countAccounts(accounts: readonly Account[]): string {
  const key = `\`${accounts[0]?.key ?? ""}\``;
  return accounts.length === 1 ? `in ${key}` : `in ${accounts.length} accounts, such as ${key}`;
}
