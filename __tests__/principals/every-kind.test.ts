import { stringify } from "yaml";
import schema from "../../schema/accounts.schema.json";
import { synthesize } from "../../constructs/synthesize";
import { accountDirectory } from "../../lib/access/account-directory";
import { NO_CONTROL_POLICIES } from "../../lib/access/decide/control-policies";
import type { AccessModel } from "../../lib/access/decide/access-model";
import { decideCall } from "../../lib/access/decide/decide-call";
import { provePlan } from "../../lib/access/proof/prove-plan";
import { readAccessGraph } from "../../lib/access/read/read-access-graph";
import { BUILT_IN_PROVIDERS } from "../../lib/iam/federation/built-in-provider";
import { MISFITS } from "../../lib/account-map/model/condition-fit";
import { PRINCIPAL_KINDS } from "../../lib/account-map/read/read-principal";
import { compareTrees } from "../../lib/review/compare-trees";
import { readReviewedTree } from "../../lib/review/compare/read-reviewed-tree";
import { adoptInto } from "../support/plans/adoption";
import { authorizationDetailsOf } from "../support/policies/authorization-details";
import { checkMap } from "../support/project";
import { PRINCIPAL_WORDS, PROVIDERS, SHOP, TOOLS } from "../support/policies/principal-words";
import type { Position, PrincipalWord } from "../support/policies/principal-words";

const WORDS = Object.values(PRINCIPAL_WORDS).flat();
const POSITIONS: readonly Position[] = ["hub", "spoke", "chain"];
const PERMISSIONS = { managed: ["job-function/ViewOnlyAccess"] };

/** What every map has; a review begins here, and adoption. */
const BASE = {
  organizations: {
    example: { id: "o-exampleorg1", root: "r-ab12", units: { "/Workloads": "ou-ab12-cdefgh34" } },
  },
  defaults: { trustPolicyQuota: 8192 },
  accounts: { tools: { id: TOOLS }, shop: { id: SHOP, unit: "/Workloads" } },
  identityProviders: PROVIDERS,
};

/** The role of a position, and a map in which principals stand there. */
function place(position: Position, words: readonly PrincipalWord[]) {
  const principals = Object.fromEntries(words.map(({ name, entry }) => [name, entry]));
  switch (position) {
    case "hub":
      return {
        role: "arn:aws:iam::111111111111:role/entrance",
        map: {
          ...BASE,
          hubs: { entrance: { account: "tools", principals } },
          spokes: {
            target: {
              hubs: ["entrance"],
              accounts: { keys: ["shop"] },
              permissions: PERMISSIONS,
            },
          },
        },
      };
    case "spoke":
      return {
        role: "arn:aws:iam::111111111111:role/target",
        map: {
          ...BASE,
          spokes: {
            target: { accounts: { keys: ["tools"] }, principals, permissions: PERMISSIONS },
          },
        },
      };
    case "chain": {
      const [word] = words;
      if (word === undefined) throw new Error("a chain has a start");
      return {
        role: `arn:aws:iam::111111111111:role/${"start" in word ? word.name : "first"}`,
        map: {
          ...BASE,
          chains: {
            way: {
              start: word.start ?? word.entry,
              steps: [
                ...("start" in word ? [] : [{ roles: { first: { account: "tools" } } }]),
                { roles: { second: { account: "shop", permissions: PERMISSIONS } } },
              ],
            },
          },
        },
      };
    }
  }
}

/** A map through check, plan and synthesis; an error of a rule is one of the test. */
function made(value: object) {
  const { map, plan, diagnostics } = checkMap(stringify(value));
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (map === undefined || plan === undefined || errors.length > 0) {
    throw new Error(diagnostics.map(({ rule, message }) => `${rule} ${message}`).join("\n"));
  }
  const stacks = [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
  const accounts = accountDirectory(map.accounts.values());
  const { graph } = readAccessGraph(stacks);
  const world: AccessModel = { graph, accounts, controls: NO_CONTROL_POLICIES };
  return { map, plan, stacks, accounts, world };
}

function expectProved({ plan, accounts, stacks }: ReturnType<typeof made>): void {
  const { verdict, problems } = provePlan({ plan, accounts, stacks });
  expect(problems.map(({ message }) => message)).toEqual([]);
  expect(verdict).toBe("proved");
}

function expectDecided(word: PrincipalWord, roleArn: string, world: AccessModel): void {
  const decided = (calls: ReturnType<PrincipalWord["calls"]>): string[] =>
    calls.map((call) => {
      const { decision, reasons } = decideCall(world, { ...call, roleArn });
      return decision === word.decision ? decision : `${decision}: ${JSON.stringify(reasons)}`;
    });
  expect(new Set(decided(word.calls(TOOLS)))).toEqual(new Set([word.decision]));
  for (const call of word.strangers(TOOLS)) {
    const { decision } = decideCall(world, { ...call, roleArn });
    expect([call, decision]).toEqual([call, "denied"]);
  }
}

const treeOf = ({ stacks, map, plan }: ReturnType<typeof made>) =>
  readReviewedTree(stacks, map, plan);
const before = treeOf(made(BASE));

/** The review of a map that comes to one without roles. */
function arrival(head: ReturnType<typeof made>): string {
  const time = "2026-01-01T00:00:00Z";
  return JSON.stringify(compareTrees({ base: before, head: treeOf(head), time }));
}

/** Why the roles of a plan are not taken back; none where all are. */
function refusals({ plan }: ReturnType<typeof made>): string[] {
  const { adoption } = adoptInto(stringify(BASE), authorizationDetailsOf(plan));
  return adoption.refused.map(({ reason }) => reason);
}

describe("the table of words", () => {
  const { $defs } = schema as unknown as { $defs: Readonly<Record<string, Definition>> };
  interface Definition {
    readonly $ref?: string;
    readonly properties?: Readonly<Record<string, Definition>>;
  }
  const resolved = ({ $ref, ...own }: Definition): Definition =>
    $ref === undefined ? own : ($defs[$ref.replace("#/$defs/", "")] ?? own);
  const principal = $defs.principal?.properties ?? {};

  test("has every kind of the types, of the reader and of the schema", () => {
    const kinds = Object.keys(PRINCIPAL_WORDS).sort();
    expect(kinds).toEqual(Object.keys(MISFITS).sort());
    expect(kinds).toEqual([...PRINCIPAL_KINDS].sort());
    const conditions = new Set([
      ...["mfa", "sourceIps", "vpcEndpoints", "notBefore", "notAfter"],
      ...["sourceIdentity", "sessionTags", "externalId", "grant", "calledFrom"],
    ]);
    expect(kinds).toEqual(
      Object.keys(principal)
        .filter((key) => !conditions.has(key))
        .sort(),
    );
  });

  test.each(PRINCIPAL_KINDS)("uses every word of %s", (kind) => {
    const words = Object.keys(resolved(principal[kind] ?? {}).properties ?? {});
    const used = PRINCIPAL_WORDS[kind].flatMap(({ entry }) => Object.keys(entry[kind] as object));
    expect([...new Set(used)].sort()).toEqual(words.sort());
  });

  test("has every provider that is built into AWS", () => {
    const urls = Object.values(PROVIDERS).map((each) => ("oidc" in each ? each.oidc.url : ""));
    for (const { host } of BUILT_IN_PROVIDERS) expect(urls).toContain(`https://${host}`);
  });
});

const CASES = POSITIONS.flatMap((position) =>
  WORDS.map((word) => [word.name, position, word] as const),
);

describe.each(CASES)("%s at a %s", (_name, position, word) => {
  const { map, role } = place(position, [word]);

  test("is proved, and decided: those who are meant, and nobody near them", () => {
    const all = made(map);
    expectProved(all);
    expectDecided(word, role, all.world);
  });

  test("is named where it arrives", () => {
    expect(arrival(made(map))).toContain(word.reviewed);
  });

  test("is adopted, or refused for the reason that is known", () => {
    const { refused } = word;
    expect(refusals(made(map))).toEqual(
      refused?.[position] === undefined ? [] : [refused[position]],
    );
  });
});

describe.each(["hub", "spoke"] as const)("all of them at one %s", (position) => {
  const { map, role } = place(position, WORDS);

  test("are proved, and each is decided as alone", () => {
    const all = made(map);
    expectProved(all);
    for (const word of WORDS) expectDecided(word, role, all.world);
  });

  test("are named where they arrive, and adopted", () => {
    const all = made(map);
    const review = arrival(all);
    for (const word of WORDS) expect(review).toContain(word.reviewed);
    expect(refusals(all)).toEqual([]);
  });
});
