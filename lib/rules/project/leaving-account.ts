import type { Account, AccountMap, PrincipalEntry } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import type { Rule } from "../rule";

export const leavingAccount: Rule = {
  id: "leaving-account",
  severity: "error",
  summary: "a leaving account has no roles or callers that the map still uses",
  why: "A role on a path would be gone with the account, and a trust policy that names an account outlives it.",
  source: "accounts leave in two steps: first their roles and all trust in them, then the account",
  refused: true,
  *inMap({ map }) {
    const leaving = new Map([...map.accounts].filter(([, account]) => account.leaving));
    if (leaving.size === 0) return;
    const ids = new Map([...leaving.values()].map((account) => [account.id as string, account]));
    for (const { what, account, at } of inhabitants(map)) {
      if (!account.leaving) continue;
      yield {
        at,
        message: `${what} is in \`${account.key}\`, which is leaving`,
        help: "give it another account, or remove it and what refers to it",
      };
    }
    for (const wayIn of waysIn(map)) {
      const { principal } = wayIn;
      const named = "account" in principal ? principal.account : undefined;
      const account = named === undefined ? undefined : ids.get(named.id);
      if (account === undefined || principal.kind === "foreignAccount") continue;
      yield {
        at: [...wayIn.at, principal.kind],
        message: `the principal \`${wayIn.key}\` is in \`${account.key}\`, which is leaving`,
        help: "remove the principal, or name one in another account",
      };
    }
    for (const { key, deploymentRole, at } of map.accounts.values()) {
      for (const [index, hop] of (deploymentRole?.via ?? []).entries()) {
        if (!leaving.has(hop.accountKey)) continue;
        yield {
          at: [...at, "deploymentRole", "via", index, "account"],
          message: `Terraform reaches \`${key}\` through \`${hop.accountKey}\`, which is leaving`,
          help: "let it go through another account",
        };
      }
    }
  },
};

interface Inhabitant {
  readonly what: string;
  readonly account: Account;
  readonly at: Path;
}

/** Everything that the map puts into one account by name. */
function* inhabitants({ hubs, chains, pipeline }: AccountMap): Generator<Inhabitant> {
  for (const { key, account, at } of hubs.values()) {
    yield { what: `the hub \`${key}\``, account, at: [...at, "account"] };
  }
  for (const { key: chain, start, steps } of chains.values()) {
    if (start.kind === "instanceProfile") {
      const { account, at } = start.role;
      yield { what: `the start of the chain \`${chain}\``, account, at: [...at, "account"] };
    }
    for (const step of steps) {
      for (const { key, account, at } of step.kind === "roles" ? step.roles : []) {
        const what = `\`${key}\` of the chain \`${chain}\``;
        yield { what, account, at: [...at, "account"] };
      }
    }
  }
  if (pipeline !== undefined) {
    yield { what: "the pipeline", account: pipeline.account, at: ["pipeline", "account"] };
  }
}

function* waysIn({ hubs, spokes, chains }: AccountMap): Generator<PrincipalEntry> {
  for (const hub of hubs.values()) yield* hub.principals;
  for (const spoke of spokes.values()) yield* spoke.principals;
  for (const { start } of chains.values()) if (start.kind === "principal") yield start.wayIn;
}
