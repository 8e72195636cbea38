import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { synthesize } from "../../constructs/synthesize";
import { accountDirectory } from "../../lib/access/account-directory";
import type { ProofProblem } from "../../lib/access/proof-problem";
import { provePlan } from "../../lib/access/prove-plan";
import type { Proof } from "../../lib/access/prove-plan";
import { readAccessGraph } from "../../lib/access/read/read-access-graph";
import type { AccountDirectory } from "../../lib/access/environment";
import type { AccessRequest } from "../../lib/access/access-request";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import type { AccessPlan } from "../../lib/plan/access-plan";
import { naivelyAllowed, naivelyAllowedDirectly } from "../support/naive-evaluator";
import { partOf } from "../support/part-of-plan";
import { checkMap, ROOT } from "../support/project";
import { stackMutants } from "../support/tree-mutations";
import type { Tree } from "../support/tree-mutations";

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
    /aws_iam_user_(policies|policy_attachments)_exclusive\.\S+ is removed$/,
    "the user has what was declared; that more could be attached by hand is not told of users",
  ],
];

/** Changes of which the answer is that it is not known; each permits what was permitted. */
const NOT_KNOWN: readonly (readonly [change: RegExp, why: string])[] = [
  [
    /policy-assume-roles policy: statement 2: an action is added$/,
    "the statement denies, and what it denies besides is not allowed to the role",
  ],
  [
    /StringNotEquals becomes StringNotEqualsIfExists$/,
    "an operator that negates holds already where the key is absent (GR-15)",
  ],
  [
    /boundary-\S+ policy: a statement is added$/,
    "the boundary denies what the statement would allow",
  ],
  [
    /_policy-assume-role-name is removed$/,
    "the exclusive list names a policy that is not in the stack",
  ],
];

interface Subject {
  readonly name: string;
  readonly plan: AccessPlan;
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

const tally = { refuted: 0, confirmed: 0, unknown: 0, same: 0, total: 0 };

describe.each(subjects())("$name", ({ plan, accounts, stacks }) => {
  const tree = synthesize(plan).stacks;
  const prove = (changed: Tree): Proof =>
    provePlan({
      plan,
      accounts,
      stacks: [...changed].map(([stack, text]) => ({ stack, text })),
    });
  const original = trusts(tree);

  test("is proved as it was synthesized", () => {
    expect(prove(tree)).toMatchObject({ verdict: "proved", problems: [], diagnostics: [] });
  });

  test("is refuted after every change, by requests that a separate evaluator confirms", () => {
    const unexplained: string[] = [];
    const unconfirmed: string[] = [];
    const requests = new Map<string, AccessRequest[]>();
    const survivors: Tree[] = [];
    for (const mutant of stacks.flatMap((stack) => stackMutants(tree, stack))) {
      tally.total++;
      const { verdict, problems } = prove(mutant.tree);
      if (verdict === "proved") {
        tally.same++;
        survivors.push(mutant.tree);
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
      const changed = trusts(mutant.tree);
      for (const problem of problems) {
        const { counterexample, roleArn } = problem;
        if (counterexample === undefined) continue;
        requests.set(roleArn, [...(requests.get(roleArn) ?? []), counterexample.request]);
        if (isConfirmed(problem, original.get(roleArn), changed.get(roleArn))) tally.confirmed++;
        else unconfirmed.push(`${mutant.change}: ${problem.message}`);
      }
    }
    expect({ unexplained, unconfirmed: unconfirmed.slice(0, 5) }).toEqual({
      unexplained: [],
      unconfirmed: [],
    });
    // What lets in the same treats every request that told another change apart as before.
    for (const survivor of survivors) {
      for (const [roleArn, document] of trusts(survivor)) {
        const before = original.get(roleArn);
        if (before === undefined) continue;
        for (const request of requests.get(roleArn) ?? []) {
          expect(naivelyAllowed(document, request)).toBe(naivelyAllowed(before, request));
        }
      }
    }
  });
});

test("every reason that is given for a change explains one", () => {
  expect(
    [...SAME_ACCESS, ...NOT_KNOWN].map(([, why]) => why).filter((why) => !used.has(why)),
  ).toEqual([]);
});

afterAll(() => {
  const { refuted, total, unknown, same, confirmed } = tally;
  const apart = `${same} let in the same, ${unknown} are not known`;
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

function trusts(tree: Tree): ReadonlyMap<string, PolicyDocument> {
  const { graph } = readAccessGraph([...tree].map(([stack, text]) => ({ stack, text })));
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
