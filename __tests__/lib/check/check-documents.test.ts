import fc from "fast-check";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyKind } from "../../../lib/iam/grammar/policy-kind";
import { checkDocuments } from "../../../lib/check/check-documents";
import { RULE_FIXTURES } from "../../support/rules/rule-fixture";

const ANY_ACCOUNT = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/x" }],
};
const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "111111111111" }, Action: "sts:AssumeRole" }],
};

/** Rules that find something in a document. */
function found(document: unknown, kind?: PolicyKind): string[] {
  const texts = new Map([["x.json", JSON.stringify(document)]]);
  return checkDocuments(texts, kind).diagnostics.map(({ rule }) => rule);
}

describe("a permissions policy on its own", () => {
  const policy = (...statements: object[]): object => ({
    Version: "2012-10-17",
    Statement: statements.map((each) => ({ Effect: "Allow", Resource: "*", ...each })),
  });
  const told = (document: object, now?: string): string[] =>
    checkDocuments(new Map([["x.json", JSON.stringify(document)]]), undefined, now).diagnostics.map(
      ({ rule, severity, message, span }) =>
        `${span?.start.column ?? 0}: ${severity} ${rule} ${message}`,
    );

  test("is judged for whoever gets it, at the first statement that gives a way to gain permissions", () => {
    const reads = { Action: "s3:GetObject" };
    expect(told(policy(reads, { Action: ["iam:PutRolePolicy", "iam:CreateAccessKey"] }))).toEqual([
      "96: warning N1 anyone with this policy can gain permissions that it does not grant: `iam:CreateAccessKey`; `iam:PutRolePolicy`",
    ]);
    expect(
      told(policy({ Action: "states:UpdateStateMachine" }, { Action: "states:StartExecution" })),
    ).toEqual([
      "38: warning N3 anyone with this policy can gain permissions that it does not grant: `states:UpdateStateMachine` with `states:StartExecution`",
    ]);
    expect(told(policy(reads))).toEqual([]);
  });

  test("is judged with what it denies, and at the time of the check", () => {
    const Condition = { DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } };
    const past = policy({ Action: "iam:PutRolePolicy", Condition });
    expect(told(past, "2026-06-01T00:00:00Z")).toEqual([
      "129: warning TB-06 the statement ended at 2026-01-01T00:00:00Z: it now allows nothing",
    ]);
    expect(told(past, "2025-06-01T00:00:00Z")).toHaveLength(1);
    expect(
      told(policy({ Action: "iam:PutRolePolicy" }, { Effect: "Deny", Action: "iam:*" })),
    ).toEqual([]);
  });

  test("is not judged so where it is a boundary or a trust policy", () => {
    expect(found(policy({ Action: "*" }), "boundary")).toEqual([]);
  });
});

describe("documents on their own", () => {
  test("are told apart by their content", () => {
    const texts = new Map([
      ["identity", JSON.stringify(ANY_ACCOUNT)],
      ["trust", JSON.stringify(TRUST)],
      ["broken", "{"],
    ]);
    expect([...checkDocuments(texts).kinds]).toEqual([
      ["identity", "identity"],
      ["trust", "trust"],
    ]);
  });

  test("are held against the grammar of what they are said to be", () => {
    expect(found(TRUST)).toEqual([]);
    expect(found(TRUST, "identity")).not.toEqual([]);
    expect(new Set(found(ANY_ACCOUNT, "trust"))).toEqual(new Set(["GR-05"]));
  });

  test("are judged by the rules on documents: what grants too much as a permission only bounds as a boundary", () => {
    expect(found(ANY_ACCOUNT)).toEqual(["SEED-1"]);
    expect(found(ANY_ACCOUNT, "boundary")).toEqual([]);
  });

  test("are not said to be used by roles or in accounts that nobody named", () => {
    const bound = (statement: object): string[] => {
      const document = {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement }],
      };
      const texts = new Map([["x.json", JSON.stringify(document)]]);
      return checkDocuments(texts, "boundary").diagnostics.map(
        ({ rule, message }) => `${rule} ${message}`,
      );
    };
    const tests = (key: string, value: string): object => ({
      Condition: { StringEquals: { [key]: value } },
    });
    expect(bound(tests("aws:PrincipalOrgID", "o-a1b2c3d4e5"))).toEqual([
      "SEED-2 this tests the organization of the role itself, which is always the same, so the condition has no effect",
    ]);
    expect(bound(tests("aws:PrincipalAccount", "444455556666"))).toEqual([]);
    expect(
      bound({
        Condition: {
          ArnEquals: { "ec2:SourceInstanceARN": "arn:aws:ec2:eu-west-1:444455556666:instance/i-1" },
        },
      }),
    ).toEqual([]);
    expect(bound({ Resource: "arn:aws-cn:s3:::reports/*" })).toEqual([]);
    expect(
      bound({ Action: "iam:GetRole", Resource: "arn:aws:iam::111111111111:role/team/role" }),
    ).toEqual([]);
    expect(bound({ Action: "iam:GetRole", Resource: "arn:aws:iam::*:role/team/role" })).toEqual([]);
  });

  test("are judged at the time of the check", () => {
    const ended = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: "*",
          Condition: { DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } },
        },
      ],
    };
    const at = (now?: string): string[] =>
      checkDocuments(new Map([["x.json", JSON.stringify(ended)]]), undefined, now).diagnostics.map(
        ({ rule, message }) => `${rule} ${message}`,
      );
    expect(at("2026-06-01T00:00:00Z")).toEqual([
      "TB-06 the statement ended at 2026-01-01T00:00:00Z: it now allows nothing",
    ]);
    expect(at("2025-06-01T00:00:00Z")).toEqual([]);
    expect(at()).toEqual([]);
  });

  test("are judged as what they are said to be, also where they read like something else", () => {
    const allowsAll = { Effect: "Allow", Action: "*", Resource: "*" };
    const assumes = {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: "arn:aws:iam::*:role/x",
    };
    const denies = { Effect: "Deny", Action: "iam:CreateUser", Resource: "*" };
    const document = { Version: "2012-10-17", Statement: [allowsAll, assumes, denies] };
    expect(found(document)).not.toContain("SEED-1"); // it reads like a boundary
    expect(found(document, "identity")).toContain("SEED-1");
  });

  test("are judged anew each time", () => {
    expect(found(ANY_ACCOUNT)).toEqual(["SEED-1"]);
    expect(found(TRUST)).toEqual([]);
    expect(found(ANY_ACCOUNT)).toEqual(["SEED-1"]);
  });

  test("give the findings that they give in a project which does not use them", () => {
    const documents = readdirSync(RULE_FIXTURES)
      .filter(
        (id) => id.startsWith("GR-") && existsSync(join(RULE_FIXTURES, id, "broken", "policies")),
      )
      .map((id) => {
        const folder = join(RULE_FIXTURES, id, "broken", "policies");
        const [name = ""] = readdirSync(folder);
        return [id, readFileSync(join(folder, name), "utf8")] as const;
      });
    expect(documents.length).toBeGreaterThan(20);
    const { diagnostics } = checkDocuments(new Map(documents));
    const silent = documents.filter(
      ([id]) => !diagnostics.some(({ file, rule }) => file === id && rule === id),
    );
    expect(silent.map(([id]) => id)).toEqual([]);
  });

  test("never make it throw, whatever JSON they are", () => {
    const leaf = fc.oneof(
      fc.constantFrom("*", "Allow", "Deny", "sts:AssumeRole", "111111111111", "${aws:x}", "{{x}}"),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const keys = ["Effect", "Action", "NotAction", "Resource", "Principal", "Condition", "Sid"];
    const statement = fc.dictionary(fc.constantFrom(...keys), leaf);
    const document = fc.record(
      { Version: fc.constantFrom("2012-10-17", 1), Statement: fc.array(statement) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(document, fc.jsonValue()), (value) => {
        for (const kind of [undefined, "trust", "identity", "boundary"] as const) {
          expect(Array.isArray(found(value, kind))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("control policies", () => {
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const guard = { Effect: "Deny", Principal: "*", Action: "sts:*", Resource: "*" };
  const documentOf = (statement: object): object => ({
    Version: "2012-10-17",
    Statement: [statement],
  });

  test("are checked for their grammar, and not as what roles have", () => {
    expect(found(documentOf(everything), "identity").length).toBeGreaterThan(0);
    expect(found(documentOf(everything), "service-control")).toEqual([]);
    expect(found(documentOf(guard))).toEqual([]);
    expect(found(documentOf(guard), "service-control")).toEqual(["GR-04"]);
  });
});

describe("a trust policy on its own", () => {
  const GITHUB = "token.actions.githubusercontent.com";
  const trusting = (condition: object, principal?: object): object => ({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: principal ?? {
          Federated: `arn:aws:iam::111111111111:oidc-provider/${GITHUB}`,
        },
        Action: principal === undefined ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole",
        Condition: condition,
      },
    ],
  });
  const told = (document: object): string[] =>
    checkDocuments(new Map([["x.json", JSON.stringify(document)]]), "trust").diagnostics.map(
      ({ severity, rule }) => `${severity} ${rule}`,
    );
  const subject = (sub: string, more: object = {}): object =>
    trusting({
      StringLike: { [`${GITHUB}:sub`]: sub },
      StringEquals: { [`${GITHUB}:aud`]: "sts.amazonaws.com", ...more },
    });
  const main = "repo:example/app:ref:refs/heads/main";

  test.each<[string, object, string[]]>([
    ["without a subject", trusting({ StringEquals: { [`${GITHUB}:aud`]: "x" } }), ["error OI-04"]],
    [
      "with a subject that is excepted only",
      trusting({ StringNotLike: { [`${GITHUB}:sub`]: main } }),
      ["error OI-04"],
    ],
    [
      "with a subject in other case",
      trusting({ StringEquals: { [`${GITHUB.toUpperCase()}:SUB`]: main } }),
      [],
    ],
    ["with an open owner", subject("repo:exam*/app:ref:refs/heads/main"), ["error OI-05"]],
    ["with a subject that no run has", subject("repo:example/app"), ["error OI-07"]],
    [
      "with a claim that AWS does not pass on",
      subject(main, { [`${GITHUB}:iss`]: "x" }),
      ["warning OI-09"],
    ],
    ["with any pull request", subject("repo:example/app:pull_request"), ["warning OI-18"]],
    ["with one branch", subject(main), []],
    [
      "with a wide subject beside one in full",
      trusting({
        StringLike: { [`${GITHUB}:sub`]: "repo:example/*" },
        StringEquals: { [`${GITHUB}:sub`]: main },
      }),
      [],
    ],
    [
      "for a service with an organization",
      trusting(
        { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } },
        { Service: "ec2.amazonaws.com" },
      ),
      ["error CK-03"],
    ],
    [
      "with an organization that there cannot be",
      trusting({ StringEquals: { "aws:PrincipalOrgID": "o-placeholder!" } }, { AWS: "*" }),
      ["error ID-02"],
    ],
  ])("%s", (_name, document, findings) => {
    expect(told(document)).toEqual(findings);
  });

  test("leaves the subject to a denial beside it", () => {
    const allowed = trusting({ StringEquals: { [`${GITHUB}:aud`]: "x" } }) as {
      Statement: object[];
    };
    const denied = {
      Effect: "Deny",
      Principal: { Federated: `arn:aws:iam::111111111111:oidc-provider/${GITHUB}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringNotLike: { [`${GITHUB}:sub`]: main } },
    };
    expect(told({ ...allowed, Statement: [...allowed.Statement, denied] })).toEqual([]);
  });

  test("trusts everyone of an issuer of its own if nothing else is tested", () => {
    const federated = "arn:aws:iam::111111111111:oidc-provider/id.example.com";
    const own = (tested: object): string[] => {
      const [statement] = (trusting({ StringEquals: tested }) as { Statement: object[] }).Statement;
      return told({
        Version: "2012-10-17",
        Statement: [{ ...statement, Principal: { Federated: federated } }],
      });
    };
    expect(own({ "id.example.com:aud": "x" })).toEqual(["warning OI-18"]);
    expect(own({ "id.example.com:aud": "x", "id.example.com:email": "x@example.com" })).toEqual([]);
  });
});
