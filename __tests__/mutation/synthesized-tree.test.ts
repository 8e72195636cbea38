import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../constructs/synthesize";
import { accountDirectory } from "../../lib/access/account-directory";
import type { ProofProblem } from "../../lib/access/proof/proof-problem";
import { provePlan } from "../../lib/access/proof/prove-plan";
import type { Proof } from "../../lib/access/proof/prove-plan";
import type { AccessGraph, PermissionPolicy, RoleNode } from "../../lib/access/access-graph";
import { readAccessGraph } from "../../lib/access/read/read-access-graph";
import type { AccountDirectory } from "../../lib/access/account-directory";
import type { AccessRequest } from "../../lib/access/access-request";
import { callerAccount } from "../../lib/iam/condition/caller";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import type { ResolvedAccess } from "../../lib/plan/resolved-access";
import { naivelyAllowed, naivelyAllowedDirectly } from "../support/naive/naive-evaluator";
import { naivelyPermitted } from "../support/naive/naive-permissions";
import { partOf } from "../support/plans/part-of-plan";
import { checkMap, ROOT } from "../support/project";
import {
  permissionRequestsAround,
  trustRequestsAround,
} from "../support/arbitrary/requests-around";
import { stackMutants } from "../support/mutations/tree-mutations";
import type { Tree, TreeMutant } from "../support/mutations/tree-mutations";

/**
 * Changes after which exactly the same callers get in, or the same is permitted, and why. All else must be
 * refuted.
 */
const SAME_ACCESS: readonly (readonly [change: RegExp, why: string])[] = [
  [
    /assume_role_policy: statement \d+: (another account is a principal|the principal becomes \*)$/,
    "aws:PrincipalArn is pinned by a condition, to a caller in the account that was the principal",
  ],
  [
    /Arn(Equals|Like) becomes Arn(Equals|Like)IfExists$/,
    "every principal of kind AWS has aws:PrincipalArn",
  ],
  [/aws:PrincipalArn names any account$/, "the principal is the one account that can match"],
  [
    /spoke-(staff|application) assume_role_policy: statement 1: StringEquals becomes StringEqualsIfExists$/,
    "every token has :aud and :sub, and every assertion SAML:aud",
  ],
  [
    /spoke-jump_policy-assume-role(s|-name) policy: statement 1: is removed$/,
    "two policies of the role permit the same, and one of them is enough",
  ],
  [
    /MultiFactorAuthPresent is dropped$|Bool becomes BoolIfExists$/,
    "who has an age of MFA has MFA, and the age is tested, too",
  ],
  [
    /NumericLessThan becomes NumericLessThanIfExists$/,
    "who has MFA has an age of it, and MFA is tested, too",
  ],
  [
    /StringNotEquals becomes StringNotEqualsIfExists$/,
    "an operator that negates holds already where the key is absent (GR-15)",
  ],
  [
    /boundary-\S+ policy: a statement is added$/,
    "the boundary denies what the statement would allow",
  ],
];

/** Changes of which the answer is that it is not known: each permits what was permitted, or cannot be read. */
const NOT_KNOWN: readonly (readonly [change: RegExp, why: string])[] = [
  [
    /has audiences that are known only when Terraform runs$/,
    "nobody knows them before, and none of them is read as no audience",
  ],
  [
    /_policy-assume-role-name is removed$/,
    "the exclusive list names a policy that is not in the stack",
  ],
];

interface Subject {
  readonly name: string;
  readonly plan: ResolvedAccess;
  readonly accounts: AccountDirectory;
  /** Stacks that are changed. */
  readonly stacks: readonly string[];
}

/** The entries that a change was found for: an entry without one explains nothing. */
const used = new Set<string>();

function isExplained(change: string, by: typeof SAME_ACCESS): boolean {
  const entry = by.find(([pattern]) => pattern.test(change));
  if (entry !== undefined) used.add(entry[1]);
  return entry !== undefined;
}

const tally = { refuted: 0, confirmed: 0, unknown: 0, same: 0, asked: 0, total: 0 };
/** How many of some refuted changes the random requests show that confirm the changes that are not. */
const shown = { of: 0, by: 0 };

/** Random requests by which each change that is said to make no difference is confirmed, each side apart. */
const TRIES = 150;

describe.each(subjects())("$name", ({ plan, accounts, stacks }) => {
  const tree = synthesize(plan).stacks;
  const prove = (changed: Tree): Proof =>
    provePlan({
      plan,
      accounts,
      stacks: [...changed].map(([stack, text]) => ({ stack, text })),
    });
  const before = graphOf(tree);
  const original = trusts(before);

  test("is proved as it was synthesized", () => {
    expect(prove(tree)).toMatchObject({ verdict: "proved", problems: [], diagnostics: [] });
  });

  test("is refuted after every change, by requests that a separate evaluator confirms", () => {
    const unexplained: string[] = [];
    const unconfirmed: string[] = [];
    const requests = new Map<string, AccessRequest[]>();
    const survivors: TreeMutant[] = [];
    for (const mutant of stacks.flatMap((stack) => stackMutants(tree, stack))) {
      tally.total++;
      const { verdict, problems } = prove(mutant.tree);
      if (verdict === "proved") {
        tally.same++;
        survivors.push(mutant);
        if (!isExplained(mutant.change, SAME_ACCESS)) {
          unexplained.push(`proved: ${mutant.change}`);
        }
        continue;
      }
      if (verdict === "unknown") {
        tally.unknown++;
        if (!isExplained(mutant.change, NOT_KNOWN)) {
          unexplained.push(`unknown: ${mutant.change}`);
        }
        continue;
      }
      tally.refuted++;
      const changed = trusts(graphOf(mutant.tree));
      for (const problem of problems) {
        const { counterexample, roleArn } = problem;
        if (counterexample === undefined) continue;
        const [one, two] = [original.get(roleArn), changed.get(roleArn)];
        if (tally.refuted % 5 === 0 && one !== undefined && two !== undefined) {
          shown.of++;
          const random = randomRequests(one, two, roleArn, accounts);
          if (random.some((request) => tellsApart(request, one, two))) shown.by++;
        }
        requests.set(roleArn, [...(requests.get(roleArn) ?? []), counterexample.request]);
        if (isConfirmed(problem, original.get(roleArn), changed.get(roleArn))) tally.confirmed++;
        else unconfirmed.push(`${mutant.change}: ${problem.message}`);
      }
    }
    expect({ unexplained, unconfirmed: unconfirmed.slice(0, 5) }).toEqual({
      unexplained: [],
      unconfirmed: [],
    });
    // What is said to be the same treats every request that told another change apart as before, and
    // random ones.
    expect(
      survivors.flatMap(({ change, tree: survivor }) =>
        differencesOf(before, graphOf(survivor), accounts, requests).map(
          (request) => `${change}: ${JSON.stringify(request)}`,
        ),
      ),
    ).toEqual([]);
  });
});

test("every reason that is given for a change explains one", () => {
  expect(
    [...SAME_ACCESS, ...NOT_KNOWN].map(([, why]) => why).filter((why) => !used.has(why)),
  ).toEqual([]);
});

test("the random requests are telling: they show nine of ten changes that are refuted", () => {
  expect(shown.of).toBeGreaterThan(100);
  expect(shown.by / shown.of).toBeGreaterThan(0.9);
});

afterAll(() => {
  // `TRUSTWHEEL_FIGURES=1 npx jest __tests__/mutation` prints them; else they would break up the list of suites.
  if (process.env.TRUSTWHEEL_FIGURES === undefined) return;
  const { refuted, total, unknown, same, confirmed, asked } = tally;
  const apart = `${same} are the same by ${asked} requests, ${unknown} are not known`;
  process.stdout.write(
    `mutants of synthesized trees: ${refuted} of ${total} refuted, ${apart}; ${confirmed} counterexamples confirmed\n`,
  );
});

function isConfirmed(
  { counterexample }: ProofProblem,
  before: PolicyDocument | undefined,
  after: PolicyDocument | undefined,
): boolean {
  if (counterexample === undefined || before === undefined || after === undefined) return false;
  const { request, trust, withoutPermission } = counterexample;
  const asked = withoutPermission ? naivelyAllowedDirectly : naivelyAllowed;
  const [wide, narrow] = trust === "lets in" ? [after, before] : [before, after];
  return asked(wide, request) === true && asked(narrow, request) === false;
}

/** The proof that nobody else gets in is about accounts in whatever organization. */
const NO_ACCOUNTS: AccountDirectory = new Map();

function randomRequests(
  before: PolicyDocument,
  after: PolicyDocument,
  roleArn: string,
  accounts: AccountDirectory,
): readonly AccessRequest[] {
  return [accounts, NO_ACCOUNTS].flatMap((known) =>
    trustRequestsAround([before, after], roleArn, known, TRIES),
  );
}

/** Whether the separate evaluator decides a request otherwise by one trust policy than by the other. */
function tellsApart(
  request: AccessRequest,
  before: PolicyDocument,
  after: PolicyDocument,
): boolean {
  const differ = (allowed: typeof naivelyAllowed): boolean =>
    allowed(before, request) !== allowed(after, request);
  const isOwn = callerAccount(request.caller) === request.roleArn.split(":")[4];
  return differ(naivelyAllowed) || (isOwn && differ(naivelyAllowedDirectly));
}

/** Requests that the separate evaluator decides otherwise for one graph than for the other. */
function differencesOf(
  before: AccessGraph,
  after: AccessGraph,
  accounts: AccountDirectory,
  known: ReadonlyMap<string, readonly AccessRequest[]>,
): readonly object[] {
  const differences: object[] = [];
  for (const role of before.roles.values()) {
    const other = after.roles.get(role.arn);
    if (other === undefined || !role.trust.known || !other.trust.known) return [role];
    const [one, two] = [role.trust.value, other.trust.value];
    if (JSON.stringify(one) !== JSON.stringify(two)) {
      const random = randomRequests(one, two, role.arn, accounts);
      const asked = [...(known.get(role.arn) ?? []), ...random];
      tally.asked += asked.length;
      differences.push(...asked.filter((request) => tellsApart(request, one, two)));
    }
    differences.push(
      ...permissionDifferences(role.policies, other.policies),
      ...permissionDifferences(boundaryOf(role), boundaryOf(other)),
    );
  }
  return differences;
}

function permissionDifferences(
  before: readonly PermissionPolicy[],
  after: readonly PermissionPolicy[],
): readonly object[] {
  const [one, two] = [documentsOf(before), documentsOf(after)];
  if (JSON.stringify(one) === JSON.stringify(two)) return [];
  const asked = permissionRequestsAround([...one, ...two], TRIES);
  tally.asked += asked.length;
  return asked.filter(
    (request) => naivelyPermitted(one, request) !== naivelyPermitted(two, request),
  );
}

function documentsOf(policies: readonly PermissionPolicy[]): readonly PolicyDocument[] {
  return policies.flatMap(({ document }) => (document.known ? [document.value] : []));
}

function boundaryOf({ boundary }: RoleNode): readonly PermissionPolicy[] {
  return boundary === undefined ? [] : [boundary];
}

function graphOf(tree: Tree): AccessGraph {
  return readAccessGraph([...tree].map(([stack, text]) => ({ stack, text }))).graph;
}

function trusts(graph: AccessGraph): ReadonlyMap<string, PolicyDocument> {
  return new Map(
    [...graph.roles.values()].flatMap(({ arn, trust }) =>
      trust.known ? [[arn, trust.value] as const] : [],
    ),
  );
}

/** The example in parts, and each variant of each seed. */
function subjects(): Subject[] {
  const example = readSubject("the example", ROOT);
  const part = (stacks: readonly string[], ...more: readonly string[]): Subject => ({
    ...example,
    name: `the example: ${stacks.join(" and ")}`,
    plan: partOf(example.plan, [...stacks, ...more]),
    stacks,
  });
  const seeds = join(ROOT, "__tests__", "fixtures", "seeds");
  return [
    part(["shared-services"], "data-test"),
    part(["data-prod"], "shared-services", "shop-prod"),
    part(["identity"], "audit"),
    ...readdirSync(seeds).flatMap((seed) =>
      readdirSync(join(seeds, seed)).map((variant) =>
        readSubject(`${seed}, ${variant}`, join(seeds, seed, variant)),
      ),
    ),
  ];
}

function readSubject(name: string, folder: string): Subject {
  const documents = join(folder, "policies");
  const files = existsSync(documents) ? readdirSync(documents) : [];
  const policies = Object.fromEntries(
    files.map((file) => [file.replace(/\.json$/, ""), readFileSync(join(documents, file), "utf8")]),
  );
  const { map, plan } = checkMap(readFileSync(join(folder, "accounts.yaml"), "utf8"), policies);
  if (map === undefined || plan === undefined) throw new Error(`${name} has errors`);
  const accounts = accountDirectory(map.accounts.values());
  return { name, plan, accounts, stacks: plan.accounts.map(({ account }) => account.key) };
}
