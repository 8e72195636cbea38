import fc from "fast-check";
import type { Diagnostic } from "../../../lib/diagnostics/diagnostic";
import { managedPolicyDocuments } from "../../../lib/iam/data/tables";
import type { PolicyKind } from "../../../lib/iam/grammar/policy-kind";
import { checkPolicyGrammar } from "../../../lib/iam/policy-grammar";
import { readPolicySource } from "../../../lib/iam/policy-source";
import { cpuMilliseconds } from "../../support/cpu-time";

const FILE = "policies/example.json";

function check(text: string, kind: PolicyKind): readonly Diagnostic[] {
  const { source, diagnostics } = readPolicySource(FILE, text);
  if (source === undefined) throw new Error("the text was refused");
  return [...diagnostics, ...checkPolicyGrammar(source, kind)];
}

/** Findings as `line:column-column message [rule]`, with what to type behind `=>`. */
function say(findings: readonly Diagnostic[]): string[] {
  return findings.map(({ span, severity, message, rule, help, related = [] }) => {
    if (span === undefined) throw new Error("a finding without a place");
    const { start, end } = span;
    const to = start.line === end.line ? `${end.column}` : `${end.line}:${end.column}`;
    const word = severity === "error" ? "" : `${severity}: `;
    const seconds = related.map(
      (place) => ` (${place.message}: ${place.span.start.line}:${place.span.start.column})`,
    );
    const typed = help === undefined ? "" : ` => ${help}`;
    return `${start.line}:${start.column}-${to} ${word}${message} [${rule}]${typed}${seconds.join("")}`;
  });
}

/** A document of these statements, the first on line 2, each on a line of its own. */
function documentOf(...statements: readonly string[]): string {
  return `{"Version": "2012-10-17", "Statement": [\n${statements.join(",\n")}]}`;
}

interface Case {
  /** What is tried. */
  readonly name: string;
  readonly kind: PolicyKind;
  /** A document that breaks the rule, and all that is said about it. */
  readonly broken: string;
  readonly said: readonly string[];
  /** A document that is close but clean. */
  readonly clean: string;
}

const READS = '"Action": "s3:GetObject", "Resource": "*"';
const ENTERS = '"Principal": {"AWS": "111111111111"}, "Action": "sts:AssumeRole"';

const identity = (elements: string): string => documentOf(`{"Effect": "Allow", ${elements}}`);
const trust = (elements: string): string => documentOf(`{"Effect": "Allow", ${elements}}`);
/** A trust policy with this condition, which begins in column 1 of line 3. */
const trustIf = (condition: string): string => trust(`${ENTERS}, "Condition":\n${condition}`);
/** An identity policy with this condition, which begins in column 1 of line 3. */
const identityIf = (condition: string): string => identity(`${READS}, "Condition":\n${condition}`);
/** A trust policy with these principals, which begin in column 1 of line 3. */
const trusting = (principal: string, action = "sts:AssumeRole"): string =>
  trust(`"Action": "${action}", "Principal":\n${principal}`);
/** An identity policy with these resources, which begin in column 1 of line 3. */
const on = (resource: string): string =>
  identity(`"Action": "s3:GetObject", "Resource":\n${resource}`);

const SAML = "arn:aws:iam::111111111111:saml-provider/corporate";
const OIDC = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";

const CASES: Readonly<Record<string, readonly Case[]>> = {
  "GR-01": [
    {
      name: "the old version",
      kind: "identity",
      broken: `{"Version": "2008-10-17",\n"Statement": {"Effect": "Allow", ${READS}}}`,
      said: [
        '1:13-25 warning: `2008-10-17` is the old version of the policy language [GR-01] => write "2012-10-17"',
      ],
      clean: `{"Version": "2012-10-17",\n"Statement": {"Effect": "Allow", ${READS}}}`,
    },
    {
      name: "a version that there is not",
      kind: "identity",
      broken: `{"Version": "2012-10-18",\n"Statement": {"Effect": "Allow", ${READS}}}`,
      said: [
        '1:13-25 `Version` must be `2012-10-17`, got "2012-10-18" [GR-01] => write "2012-10-17"',
      ],
      clean: `{"Version": "2012-10-17",\n"Statement": {"Effect": "Allow", ${READS}}}`,
    },
    {
      name: "variables where they are plain text, in whatever element",
      kind: "identity",
      broken: `{"Version": "2008-10-17",\n"Statement": {"Effect": "Allow", ${READS}, "Condition": {"StringLike": {"s3:prefix": ["a", "\${aws:username}/*"]}}}}`,
      said: [
        '1:13-25 `2008-10-17` is the old version of the policy language, in which IAM takes `${...}` literally [GR-01] => write "2012-10-17"',
      ],
      clean: `{"Version": "2012-10-17",\n"Statement": {"Effect": "Allow", ${READS}, "Condition": {"StringLike": {"s3:prefix": ["a", "\${aws:username}/*"]}}}}`,
    },
    {
      name: "variables without a version",
      kind: "identity",
      broken: `{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::x/\${aws:username}"}}`,
      said: [
        '1:1-107 the document has no `Version`, so it is of `2008-10-17`, in which IAM takes `${...}` literally [GR-01] => add "Version": "2012-10-17"',
      ],
      clean: `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::x/\${aws:username}"}}`,
    },
    {
      name: "no version",
      kind: "trust",
      broken: `{"Statement": {"Effect": "Allow", ${ENTERS}}}`,
      said: [
        '1:1-101 warning: the document has no `Version`, so it is of `2008-10-17` [GR-01] => add "Version": "2012-10-17"',
      ],
      clean: `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", ${ENTERS}}}`,
    },
  ],
  "GR-02": [
    {
      name: "an id in an identity policy",
      kind: "identity",
      broken: `{"Version": "2012-10-17", "Id": "x", "Statement": {"Effect": "Allow", ${READS}}}`,
      said: [
        "1:27-31 `Id` is not allowed in an identity policy, allowed: `Statement`, `Version` [GR-02] => remove `Id`",
      ],
      clean: `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", ${READS}}}`,
    },
    {
      name: "an unknown element, and no statement",
      kind: "trust",
      broken: `{"Version": "2012-10-17", "Statements": {"Effect": "Allow", ${ENTERS}}}`,
      said: [
        '1:1-127 the document has no `Statement` [GR-02] => add "Statement" with at least one statement',
        "1:27-39 unknown element `Statements` in a policy document, allowed: `Id`, `Statement`, `Version` [GR-02] => did you mean `Statement`?",
      ],
      clean: `{"Version": "2012-10-17", "Id": "x", "Statement": {"Effect": "Allow", ${ENTERS}}}`,
    },
  ],
  "GR-03": [
    {
      name: "no effect",
      kind: "identity",
      broken: documentOf(`{${READS}}`),
      said: [
        '2:1-44 the statement has no `Effect`, allowed: `Allow`, `Deny` [GR-03] => add "Effect": "Allow" or "Effect": "Deny"',
      ],
      clean: identity(READS),
    },
    {
      name: "an effect in lower case",
      kind: "identity",
      broken: documentOf(`{"Effect": "allow", ${READS}}`),
      said: ['2:12-19 `Effect` must be `Allow` or `Deny`, got "allow" [GR-03] => write "Allow"'],
      clean: documentOf(`{"Effect": "Deny", ${READS}}`),
    },
    {
      name: "an effect that is none",
      kind: "trust",
      broken: documentOf(`{"Effect": "Permit", ${ENTERS}}`),
      said: ['2:12-20 `Effect` must be `Allow` or `Deny`, got "Permit" [GR-03]'],
      clean: trust(ENTERS),
    },
    {
      name: "actions in both forms",
      kind: "identity",
      broken: identity(`${READS}, "NotAction": "iam:*"`),
      said: [
        "2:64-75 the statement has both `Action` and `NotAction`, allowed: exactly one of them [GR-03] => remove one of them",
      ],
      clean: identity('"NotAction": "iam:*", "Resource": "*"'),
    },
    {
      name: "no actions",
      kind: "boundary",
      broken: identity('"Resource": "*"'),
      said: [
        '2:1-37 the statement has neither `Action` nor `NotAction`, allowed: exactly one of them [GR-03] => add "Action"',
      ],
      clean: identity(READS),
    },
    {
      name: "no action to enter by",
      kind: "trust",
      broken: trust('"Principal": {"AWS": "111111111111"}'),
      said: ['2:1-58 the statement has no `Action` [GR-03] => add "Action": "sts:AssumeRole"'],
      clean: trust(ENTERS),
    },
    {
      name: "an unknown element",
      kind: "identity",
      broken: identity(`${READS}, "Conditions": {}`),
      said: [
        "2:64-76 unknown element `Conditions` in a statement, allowed: `Action`, `Condition`, `Effect`, `NotAction`, `NotResource`, `Resource`, `Sid` [GR-03] => did you mean `Condition`?",
      ],
      clean: identity(`${READS}, "Sid": "Read"`),
    },
  ],
  "GR-04": [
    {
      name: "resources in both forms",
      kind: "identity",
      broken: identity(`${READS}, "NotResource": "arn:aws:s3:::x"`),
      said: [
        "2:64-77 the statement has both `Resource` and `NotResource`, allowed: exactly one of them [GR-04] => remove one of them",
      ],
      clean: identity('"Action": "s3:GetObject", "NotResource": "arn:aws:s3:::x"'),
    },
    {
      name: "no resources",
      kind: "boundary",
      broken: identity('"Action": "s3:GetObject"'),
      said: [
        '2:1-46 the statement has neither `Resource` nor `NotResource`, allowed: exactly one of them [GR-04] => add "Resource"',
      ],
      clean: identity(READS),
    },
    {
      name: "a principal",
      kind: "boundary",
      broken: identity(`${READS}, "Principal": {"AWS": "111111111111"}`),
      said: [
        "2:64-75 `Principal` is not allowed in a permissions boundary: it is about the role that it is attached to [GR-04] => remove it",
      ],
      clean: identity(READS),
    },
    {
      name: "a principal that is excepted",
      kind: "identity",
      broken: identity(`${READS}, "NotPrincipal": {"AWS": "111111111111"}`),
      said: [
        "2:64-78 `NotPrincipal` is not allowed in an identity policy: it is about the role that it is attached to [GR-04] => remove it",
      ],
      clean: identity(READS),
    },
  ],
  "GR-05": [
    {
      name: "no principal",
      kind: "trust",
      broken: trust('"Action": "sts:AssumeRole"'),
      said: [
        '2:1-48 the statement has no `Principal`, which a trust policy must have [GR-05] => add "Principal" with `AWS`, `Federated` or `Service`',
      ],
      clean: trust(ENTERS),
    },
    {
      name: "a resource",
      kind: "trust",
      broken: trust(`${ENTERS}, "Resource": "*"`),
      said: [
        "2:87-97 `Resource` is not allowed in a trust policy: the role itself is the resource [GR-05] => remove it",
      ],
      clean: trust(ENTERS),
    },
    {
      name: "all principals but one",
      kind: "trust",
      broken: trust('"NotPrincipal": {"AWS": "111111111111"}, "Action": "sts:AssumeRole"'),
      said: [
        "2:21-35 `NotPrincipal` is not allowed in a trust policy, allowed: `Principal` [GR-05] => name who can assume the role under `Principal`",
      ],
      clean: trust(ENTERS),
    },
  ],
  "GR-06": [
    {
      name: "a bare star",
      kind: "trust",
      broken: trusting('"*"'),
      said: [
        '3:1-4 `Principal` must be an object in a trust policy, got "*" [GR-06] => name who can assume the role; for everyone in an organization, write {"AWS": "*"} with a condition on `aws:PrincipalOrgID`',
      ],
      clean: trusting('{"AWS": "111111111111"}'),
    },
    {
      name: "a bare star that is denied",
      kind: "trust",
      broken: documentOf(`{"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}`),
      said: [
        '2:33-36 `Principal` must be an object in a trust policy, got "*" [GR-06] => write {"AWS": "*"}',
      ],
      clean: documentOf(
        `{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}`,
      ),
    },
    {
      name: "everybody",
      kind: "trust",
      broken: trusting('{"AWS": ["111111111111", "*"]}'),
      said: [
        '3:26-29 anyone in any AWS account can assume the role: no condition in the statement names an organization or an account [GR-06] => add a condition on `aws:PrincipalOrgID`, or name the accounts instead of "*"',
      ],
      clean: trusting(
        '{"AWS": "*"}, "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}',
      ),
    },
    {
      name: "everybody with an external ID",
      kind: "trust",
      broken: trusting('{"AWS": "*"}, "Condition": {"StringEquals": {"sts:ExternalId": "x1"}}'),
      said: [
        '3:9-12 anyone in any AWS account can assume the role: no condition in the statement names an organization or an account [GR-06] => add a condition on `aws:PrincipalOrgID`, or name the accounts instead of "*"',
      ],
      clean: trusting(
        '{"AWS": "*"}, "Condition": {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-exampleorg1/r-ab12/*"}}',
      ),
    },
    {
      name: "everybody, an organization asked for only where there is one",
      kind: "trust",
      broken: trusting(
        '{"AWS": "*"}, "Condition": {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-exampleorg1"}}',
      ),
      said: [
        '3:9-12 anyone in any AWS account can assume the role: no condition in the statement names an organization or an account [GR-06] => add a condition on `aws:PrincipalOrgID`, or name the accounts instead of "*"',
      ],
      clean: trusting(
        '{"AWS": "*"}, "Condition": {"StringLike": {"AWS:PrincipalAccount": "111111111111"}}',
      ),
    },
    {
      name: "everybody with a role's name in any account",
      kind: "trust",
      broken: trusting(
        '{"AWS": "*"}, "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/hub"}}',
      ),
      said: [
        '3:9-12 anyone in any AWS account can assume the role: no condition in the statement names an organization or an account [GR-06] => add a condition on `aws:PrincipalOrgID`, or name the accounts instead of "*"',
      ],
      clean: trusting(
        '{"AWS": "*"}, "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::{{account.id}}:role/hub"}}',
      ),
    },
  ],
  "GR-07": [
    {
      name: "roles by wildcard",
      kind: "trust",
      broken: trusting('{"AWS": "arn:aws:iam::111111111111:role/ci-*"}'),
      said: [
        '3:9-46 a principal must not contain wildcards, got "arn:aws:iam::111111111111:role/ci-*" [GR-07] => write "111111111111" and the condition {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/ci-*"}}',
      ],
      clean: trusting(
        '{"AWS": "111111111111"}, "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/ci-*"}}',
      ),
    },
    {
      name: "sessions by wildcard",
      kind: "trust",
      broken: trusting('{"AWS": ["arn:aws:sts::111111111111:assumed-role/hub/?"]}'),
      said: [
        '3:10-56 a principal must not contain wildcards, got "arn:aws:sts::111111111111:assumed-role/hub/?" [GR-07] => name each principal, or the account with a condition on `aws:PrincipalArn`',
      ],
      clean: trusting('{"AWS": ["arn:aws:sts::111111111111:assumed-role/hub/run"]}'),
    },
    {
      name: "providers by wildcard",
      kind: "trust",
      broken: trusting(
        '{"Federated": "arn:aws:iam::111111111111:saml-provider/*"}',
        "sts:AssumeRoleWithSAML",
      ),
      said: [
        '3:15-58 a principal must not contain wildcards, got "arn:aws:iam::111111111111:saml-provider/*" [GR-07] => name each provider in its own statement',
      ],
      clean: trusting(`{"Federated": "${SAML}"}`, "sts:AssumeRoleWithSAML"),
    },
  ],
  "GR-08": [
    {
      name: "an unknown kind",
      kind: "trust",
      broken: trusting('{"Aws": "111111111111"}'),
      said: [
        "3:2-7 unknown kind of principal `Aws`, allowed: `AWS`, `Federated`, `Service` [GR-08] => did you mean `AWS`?",
      ],
      clean: trusting('{"AWS": "111111111111"}'),
    },
    {
      name: "a kind of S3",
      kind: "trust",
      broken: trusting(
        '{"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}',
      ),
      said: [
        "3:2-17 unknown kind of principal `CanonicalUser`, allowed: `AWS`, `Federated`, `Service` [GR-08]",
      ],
      clean: trusting('{"AWS": "111111111111"}'),
    },
    {
      name: "a string",
      kind: "trust",
      broken: trusting('"arn:aws:iam::111111111111:root"'),
      said: [
        '3:1-33 `Principal` must be an object with `AWS`, `Federated` or `Service`, got "arn:aws:iam::111111111111:root" [GR-08] => write {"AWS": "arn:aws:iam::111111111111:root"}',
      ],
      clean: trusting('{"AWS": "arn:aws:iam::111111111111:root"}'),
    },
    {
      name: "a group",
      kind: "trust",
      broken: trusting('{"AWS": "arn:aws:iam::111111111111:group/admins"}'),
      said: [
        '3:9-49 a group cannot be a principal, got "arn:aws:iam::111111111111:group/admins" [GR-08] => name its users, or a role that they assume',
      ],
      clean: trusting('{"AWS": "arn:aws:iam::111111111111:user/admins/deploy"}'),
    },
    {
      name: "an account id of 11 digits",
      kind: "trust",
      broken: trusting('{"AWS": "11111111111"}'),
      said: [
        '3:9-22 a principal under `AWS` must be an account ID of 12 digits or the ARN of an account\'s root, a role, a user or a session, got "11111111111" [GR-08]',
      ],
      clean: trusting('{"AWS": "{{account.id}}"}'),
    },
    {
      name: "a session without a name",
      kind: "trust",
      broken: trusting('{"AWS": "arn:aws:sts::111111111111:assumed-role/hub"}'),
      said: [
        '3:9-53 a principal under `AWS` must be an account ID of 12 digits or the ARN of an account\'s root, a role, a user or a session, got "arn:aws:sts::111111111111:assumed-role/hub" [GR-08]',
      ],
      clean: trusting('{"AWS": "arn:aws-us-gov:sts::111111111111:federated-user/deploy"}'),
    },
    {
      name: "a service under AWS",
      kind: "trust",
      broken: trusting('{"AWS": "ec2.amazonaws.com"}'),
      said: [
        '3:9-28 a principal under `AWS` must be an account ID of 12 digits or the ARN of an account\'s root, a role, a user or a session, got "ec2.amazonaws.com" [GR-08] => write it under `Service`',
      ],
      clean: trusting('{"Service": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"]}'),
    },
    {
      name: "every service",
      kind: "trust",
      broken: trusting('{"Service": "*"}'),
      said: [
        '3:13-16 a principal under `Service` must be the name of one service, such as `ec2.amazonaws.com`, got "*" [GR-08]',
      ],
      clean: trusting('{"Service": "lambda.amazonaws.com"}'),
    },
    {
      name: "a service without its domain",
      kind: "trust",
      broken: trusting('{"Service": "lambda"}'),
      said: [
        '3:13-21 a principal under `Service` must be the name of one service, such as `ec2.amazonaws.com`, got "lambda" [GR-08] => write "lambda.amazonaws.com"',
      ],
      clean: trusting('{"Service": "lambda.amazonaws.com"}'),
    },
    {
      name: "a provider by its address",
      kind: "trust",
      broken: trusting(
        '{"Federated": "token.actions.githubusercontent.com"}',
        "sts:AssumeRoleWithWebIdentity",
      ),
      said: [
        '3:15-52 a principal under `Federated` must be the ARN of an OIDC or SAML provider or one of `accounts.google.com`, `cognito-identity.amazonaws.com`, `graph.facebook.com`, `www.amazon.com`, got "token.actions.githubusercontent.com" [GR-08] => write the provider\'s ARN, such as "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"',
      ],
      clean: trusting(`{"Federated": "${OIDC}"}`, "sts:AssumeRoleWithWebIdentity"),
    },
  ],
  "GR-09": [
    {
      name: "no statements",
      kind: "identity",
      broken: documentOf(),
      said: ["1:40-2:2 `Statement` is an empty list, allowed: at least one statement [GR-09]"],
      clean: identity(READS),
    },
    {
      name: "empty lists",
      kind: "identity",
      broken: identity('"Action": [], "Resource": []'),
      said: [
        "2:31-33 `Action` is an empty list, allowed: at least one value [GR-09]",
        "2:47-49 `Resource` is an empty list, allowed: at least one value [GR-09]",
      ],
      clean: identity('"Action": ["s3:GetObject"], "Resource": ["*"]'),
    },
    {
      name: "no kinds of principals",
      kind: "trust",
      broken: trusting("{}"),
      said: ["3:1-3 `Principal` is an empty object, allowed: at least one kind [GR-09]"],
      clean: trusting('{"AWS": "111111111111"}'),
    },
    {
      name: "no principals of a kind",
      kind: "trust",
      broken: trusting('{"AWS": []}'),
      said: ["3:9-11 `AWS` is an empty list, allowed: at least one value [GR-09]"],
      clean: trusting('{"AWS": ["111111111111"]}'),
    },
    {
      name: "no operators",
      kind: "trust",
      broken: trustIf("{}"),
      said: [
        "3:1-3 warning: `Condition` is empty and tests nothing [GR-09] => remove it, or add the missing condition",
      ],
      clean: trust(ENTERS),
    },
    {
      name: "no condition keys, and no values",
      kind: "trust",
      broken: trustIf('{"StringEquals": {}, "StringLike": {"sts:ExternalId": []}}'),
      said: [
        "3:18-20 warning: `StringEquals` is empty and tests nothing [GR-09] => remove it, or add the missing condition",
        "3:55-57 `sts:ExternalId` is an empty list, allowed: at least one value [GR-09]",
      ],
      clean: trustIf('{"StringLike": {"sts:ExternalId": ["x1"]}}'),
    },
  ],
  "GR-10": [
    {
      name: "a SAML provider by sts:AssumeRole",
      kind: "trust",
      broken: trusting(`{"Federated": "${SAML}"}`),
      said: [
        '2:31-47 a SAML provider never assumes a role with `sts:AssumeRole`, allowed: `sts:AssumeRoleWithSAML` [GR-10] => write "sts:AssumeRoleWithSAML"',
      ],
      clean: trusting(`{"Federated": "${SAML}"}`, "sts:TagSession"),
    },
    {
      name: "an OIDC provider by the action of SAML",
      kind: "trust",
      broken: trusting(`{"Federated": "${OIDC}"}`, "sts:AssumeRoleWithSAML"),
      said: [
        '2:31-55 an OIDC provider never assumes a role with `sts:AssumeRoleWithSAML`, allowed: `sts:AssumeRoleWithWebIdentity` [GR-10] => write "sts:AssumeRoleWithWebIdentity"',
      ],
      clean: trusting('{"Federated": "accounts.google.com"}', "sts:AssumeRoleWithWebIdentity"),
    },
    {
      name: "a service by the action of OIDC",
      kind: "trust",
      broken: trusting('{"Service": "ec2.amazonaws.com"}', "STS:AssumeRoleWithWebIdentity"),
      said: [
        '2:31-62 an AWS principal or a service never assumes a role with `sts:AssumeRoleWithWebIdentity`, allowed: `sts:AssumeRole` [GR-10] => write "sts:AssumeRole"',
      ],
      clean: trusting('{"Service": "ec2.amazonaws.com"}', "STS:assumerole"),
    },
    {
      name: "principals of several kinds",
      kind: "trust",
      broken: trusting(`{"AWS": "111111111111", "Federated": ["${SAML}"]}`),
      said: [
        "3:1-92 a statement must not mix an AWS principal or a service with a SAML provider: each assumes a role by its own action [GR-10] => write a statement for each",
      ],
      clean: trusting('{"AWS": "111111111111", "Service": "ec2.amazonaws.com"}'),
    },
    {
      name: "providers of both kinds",
      kind: "trust",
      broken: trusting(`{"Federated": ["${SAML}", "${OIDC}"]}`, "sts:TagSession"),
      said: [
        "3:1-148 a statement must not mix a SAML provider with an OIDC provider: each assumes a role by its own action [GR-10] => write a statement for each",
      ],
      clean: documentOf(
        `{"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ["sts:AssumeRole", "sts:AssumeRoleWithSAML"]}`,
      ),
    },
  ],
  "GR-11": [
    {
      name: "all of STS",
      kind: "trust",
      broken: trusting('{"AWS": "111111111111"}', "sts:*"),
      said: [
        '2:31-38 an action of a trust policy must be one of `sts:AssumeRole`, `sts:AssumeRoleWithSAML`, `sts:AssumeRoleWithWebIdentity`, `sts:SetContext`, `sts:SetSourceIdentity`, `sts:TagSession`, got "sts:*" [GR-11]',
      ],
      clean: trusting('{"AWS": "111111111111"}', "sts:SetContext"),
    },
    {
      name: "another service",
      kind: "trust",
      broken: trusting('{"AWS": "111111111111"}', "s3:GetObject"),
      said: [
        '2:31-45 an action of a trust policy must be one of `sts:AssumeRole`, `sts:AssumeRoleWithSAML`, `sts:AssumeRoleWithWebIdentity`, `sts:SetContext`, `sts:SetSourceIdentity`, `sts:TagSession`, got "s3:GetObject" [GR-11]',
      ],
      clean: trusting('{"AWS": "111111111111"}', "sts:SetSourceIdentity"),
    },
    {
      name: "a mistyped action",
      kind: "trust",
      broken: trusting('{"AWS": "111111111111"}', "sts:AssumeRol"),
      said: [
        '2:31-46 an action of a trust policy must be one of `sts:AssumeRole`, `sts:AssumeRoleWithSAML`, `sts:AssumeRoleWithWebIdentity`, `sts:SetContext`, `sts:SetSourceIdentity`, `sts:TagSession`, got "sts:AssumeRol" [GR-11] => did you mean `sts:AssumeRole`?',
      ],
      clean: trusting('{"AWS": "111111111111"}', "sts:assumeRole"),
    },
    {
      name: "all actions but one",
      kind: "trust",
      broken: trust('"Principal": {"AWS": "111111111111"}, "NotAction": "sts:TagSession"'),
      said: [
        "2:59-70 `NotAction` is not allowed in a trust policy, allowed: `Action` [GR-11] => name the actions under `Action`",
      ],
      clean: trust(ENTERS),
    },
  ],
  "GR-12": [
    {
      name: "a dash",
      kind: "identity",
      broken: identity(`"Sid": "read-bucket", ${READS}`),
      said: [
        '2:28-41 `Sid` must be letters and digits, got "read-bucket" [GR-12] => write "readbucket"',
      ],
      clean: identity(`"Sid": "ReadBucket1", ${READS}`),
    },
    {
      name: "the same in two statements",
      kind: "identity",
      broken: documentOf(
        `{"Sid": "Read", "Effect": "Allow", ${READS}}`,
        `{"Sid": "Read", "Effect": "Deny", ${READS}}`,
      ),
      said: [
        '3:9-15 the `Sid` "Read" is in two statements, allowed: once in a document [GR-12] => rename or remove one of them (first used here: 2:9)',
      ],
      clean: documentOf(
        `{"Sid": "Read", "Effect": "Allow", ${READS}}`,
        `{"Sid": "read", "Effect": "Deny", ${READS}}`,
      ),
    },
    {
      name: "nothing",
      kind: "trust",
      broken: documentOf(
        `{"Sid": "", "Effect": "Allow", ${ENTERS}}`,
        `{"Sid": "", "Effect": "Allow", ${ENTERS}}`,
      ),
      said: [
        "2:9-11 warning: `Sid` is empty [GR-12] => remove it",
        "3:9-11 warning: `Sid` is empty [GR-12] => remove it",
      ],
      clean: trust(ENTERS),
    },
  ],
  "GR-15": [
    {
      name: "a mistyped operator",
      kind: "trust",
      broken: trustIf('{"StringEqual": {"sts:ExternalId": "x1"}}'),
      said: [
        "3:2-15 unknown condition operator `StringEqual`, allowed: `ArnEquals`, `ArnLike`, `ArnNotEquals`, `ArnNotLike`, `BinaryEquals`, `Bool`, `DateEquals`, `DateGreaterThan`, `DateGreaterThanEquals`, `DateLessThan`, `DateLessThanEquals`, `DateNotEquals`, `IpAddress`, `NotIpAddress`, `Null`, `NumericEquals`, `NumericGreaterThan`, `NumericGreaterThanEquals`, `NumericLessThan`, `NumericLessThanEquals`, `NumericNotEquals`, `StringEquals`, `StringEqualsIgnoreCase`, `StringLike`, `StringNotEquals`, `StringNotEqualsIgnoreCase`, `StringNotLike`, with `ForAnyValue:` or `ForAllValues:` before and `IfExists` after [GR-15] => did you mean `StringEquals`?",
      ],
      clean: trustIf('{"StringEqualsIfExists": {"aws:RequestedRegion": "eu-central-1"}}'),
    },
    {
      name: "an operator in another case",
      kind: "trust",
      broken: trustIf('{"forAnyValue:stringLike": {"aws:PrincipalOrgPaths": "o-exampleorg1/*"}}'),
      said: [
        "3:2-26 unknown condition operator `forAnyValue:stringLike`, allowed: `ArnEquals`, `ArnLike`, `ArnNotEquals`, `ArnNotLike`, `BinaryEquals`, `Bool`, `DateEquals`, `DateGreaterThan`, `DateGreaterThanEquals`, `DateLessThan`, `DateLessThanEquals`, `DateNotEquals`, `IpAddress`, `NotIpAddress`, `Null`, `NumericEquals`, `NumericGreaterThan`, `NumericGreaterThanEquals`, `NumericLessThan`, `NumericLessThanEquals`, `NumericNotEquals`, `StringEquals`, `StringEqualsIgnoreCase`, `StringLike`, `StringNotEquals`, `StringNotEqualsIgnoreCase`, `StringNotLike`, with `ForAnyValue:` or `ForAllValues:` before and `IfExists` after [GR-15] => did you mean `ForAnyValue:StringLike`?",
      ],
      clean: trustIf('{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-exampleorg1/*"}}'),
    },
    {
      name: "Null with IfExists",
      kind: "identity",
      broken: identityIf('{"NullIfExists": {"aws:TokenIssueTime": "true"}}'),
      said: [
        "3:2-16 `Null` takes neither a prefix nor `IfExists`, got `NullIfExists` [GR-15] => write `Null`",
      ],
      clean: identityIf('{"Null": {"aws:TokenIssueTime": "true"}}'),
    },
    {
      name: "Null with a prefix",
      kind: "identity",
      broken: identityIf('{"ForAllValues:Null": {"aws:TagKeys": "true"}}'),
      said: [
        "3:2-21 `Null` takes neither a prefix nor `IfExists`, got `ForAllValues:Null` [GR-15] => write `Null`",
      ],
      clean: identityIf('{"Null": {"aws:TagKeys": ["true"]}}'),
    },
  ],
  "GR-17": [
    {
      name: "ForAllValues in an Allow of a trust policy, without a guard",
      kind: "trust",
      broken: trustIf('{"ForAllValues:StringEquals": {"token.example.com:amr": "a"}}'),
      said: [
        '3:2-29 `ForAllValues:StringEquals` also allows if `token.example.com:amr` is absent [GR-17] => add "Null": {"token.example.com:amr": "false"}, or write `ForAnyValue:StringEquals`',
      ],
      clean: trustIf(
        '{"ForAllValues:StringEquals": {"token.example.com:amr": "a"}, "Null": {"Token.example.com:amr": "false"}}',
      ),
    },
    {
      name: "ForAllValues on claims of tokens, of which each has one value",
      kind: "trust",
      broken: trustIf(
        '{"ForAllValues:StringEquals": {"token.actions.githubusercontent.com:aud": "a", "token.actions.githubusercontent.com:environment": "b"}}',
      ),
      said: [
        "3:2-29 `ForAllValues:StringEquals` also holds if `token.actions.githubusercontent.com:environment` is absent, and the key has a single value [GR-17] => write `StringEquals`",
        "3:2-29 warning: `ForAllValues:StringEquals` is for keys with several values, and `token.actions.githubusercontent.com:aud` always has one [GR-17] => write `StringEquals`",
      ],
      // Of a claim that tokens do not bring, rule OI-09 tells.
      clean: trustIf(
        '{"StringEquals": {"token.actions.githubusercontent.com:aud": "a"}, "ForAllValues:StringEquals": {"token.actions.githubusercontent.com:iss": "b"}}',
      ),
    },
    {
      name: "ForAllValues on a key that requests may lack by its nature, beside one that they must not",
      kind: "trust",
      broken: trustIf('{"ForAllValues:StringEquals": {"aws:PrincipalServiceNamesList": "a"}}'),
      said: [
        '3:2-29 `ForAllValues:StringEquals` also allows if `aws:PrincipalServiceNamesList` is absent [GR-17] => add "Null": {"aws:PrincipalServiceNamesList": "false"}, or write `ForAnyValue:StringEquals`',
      ],
      clean: trustIf(
        '{"ForAllValues:ArnEquals": {"sts:RequestContextProviders": "arn:aws:iam::aws:contextProvider/IdentityCenter"}}',
      ),
    },
    {
      name: "ForAllValues in an Allow of an identity policy, with a guard that is none",
      kind: "identity",
      broken: identityIf(
        '{"ForAllValues:StringEquals": {"kms:GrantOperations": "Decrypt"}, "Null": {"kms:GrantOperations": "true"}}',
      ),
      said: [
        '3:2-29 warning: `ForAllValues:StringEquals` also allows if `kms:GrantOperations` is absent [GR-17] => add "Null": {"kms:GrantOperations": "false"}, or write `ForAnyValue:StringEquals`',
      ],
      clean: documentOf(
        `{"Effect": "Deny", ${READS}, "Condition": {"ForAllValues:StringEquals": {"kms:GrantOperations": "Decrypt"}}}`,
      ),
    },
    {
      name: "ForAllValues on a key with one value",
      kind: "trust",
      broken: trustIf('{"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}'),
      said: [
        "3:2-29 `ForAllValues:StringEquals` also holds if `aws:PrincipalOrgID` is absent, and the key has a single value [GR-17] => write `StringEquals`",
      ],
      clean: trustIf('{"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}'),
    },
  ],
  "GR-18": [
    {
      name: "paths of organizations",
      kind: "trust",
      broken: trustIf('{"StringLike": {"aws:PrincipalOrgPaths": "o-exampleorg1/*"}}'),
      said: [
        "3:2-14 `aws:PrincipalOrgPaths` has several values in a request and needs `ForAnyValue:` or `ForAllValues:`, got `StringLike` [GR-18] => write `ForAnyValue:StringLike`",
      ],
      clean: trustIf('{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-exampleorg1/*"}}'),
    },
    {
      name: "how a user of an OIDC provider signed in",
      kind: "trust",
      broken: trustIf('{"StringEquals": {"cognito-identity.amazonaws.com:amr": "authenticated"}}'),
      said: [
        "3:2-16 `cognito-identity.amazonaws.com:amr` has several values in a request and needs `ForAnyValue:` or `ForAllValues:`, got `StringEquals` [GR-18] => write `ForAnyValue:StringEquals`",
      ],
      clean: trustIf('{"Null": {"cognito-identity.amazonaws.com:amr": "false"}}'),
    },
  ],
  "GR-19": [
    {
      name: "StringEquals with a star",
      kind: "trust",
      broken: trustIf(
        '{"StringEquals": {"token.actions.githubusercontent.com:sub": ["repo:example/a:*"]}}',
      ),
      said: [
        '3:63-81 `StringEquals` takes wildcards literally, got "repo:example/a:*" [GR-19] => write `StringLike` instead of `StringEquals`',
      ],
      clean: trustIf(
        '{"StringLike": {"token.actions.githubusercontent.com:sub": ["repo:example/a:*"]}}',
      ),
    },
    {
      name: "a negated comparison without case",
      kind: "identity",
      broken: identityIf('{"StringNotEqualsIgnoreCaseIfExists": {"s3:prefix": "home/?"}}'),
      said: [
        '3:53-61 `StringNotEqualsIgnoreCaseIfExists` takes wildcards literally, got "home/?" [GR-19] => write `StringNotLikeIfExists` instead of `StringNotEqualsIgnoreCaseIfExists`',
      ],
      clean: identityIf(
        '{"StringNotEquals": {"s3:prefix": ["home/${*}", "home/${aws:PrincipalTag/team, \'?\'}"]}, "ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/*"}}',
      ),
    },
  ],
  "GR-20": [
    {
      name: "an organization by wildcard",
      kind: "trust",
      broken: trustIf('{"StringLike": {"aws:principalOrgID": "o-*"}}'),
      said: [
        '3:39-44 `aws:principalOrgID` takes no wildcards, got "o-*" [GR-20] => write each value in full',
      ],
      clean: trustIf('{"StringLike": {"aws:principalOrgID": "o-exampleorg1"}}'),
    },
    {
      name: "a VPC endpoint by wildcard, which is not literal either",
      kind: "trust",
      broken: trustIf('{"StringEquals": {"aws:SourceVpce": ["vpce-1a2b3c4d", "vpce-?"]}}'),
      said: [
        '3:55-63 `aws:SourceVpce` takes no wildcards, got "vpce-?" [GR-20] => write each value in full',
      ],
      clean: trustIf('{"StringEquals": {"aws:SourceVpce": ["vpce-1a2b3c4d"]}}'),
    },
  ],
  "GR-22": [
    {
      name: "in an action",
      kind: "identity",
      broken: identity('"Action": "${aws:PrincipalTag/service}:Get", "Resource": "*"'),
      said: [
        '2:31-64 policy variables are not allowed in `Action`, got "${aws:PrincipalTag/service}:Get", allowed: in resources and in conditions on strings and ARNs [GR-22] => write the value itself',
      ],
      clean: on('"arn:aws:s3:::bucket/${aws:username}/*"'),
    },
    {
      name: "in a principal",
      kind: "trust",
      broken: trusting('{"AWS": "arn:aws:iam::111111111111:user/${aws:username}"}'),
      said: [
        '3:9-57 policy variables are not allowed in `Principal`, got "arn:aws:iam::111111111111:user/${aws:username}", allowed: in resources and in conditions on strings and ARNs [GR-22] => write the value itself',
      ],
      clean: trustIf(
        '{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::${aws:PrincipalAccount}:user/*"}}',
      ),
    },
    {
      name: "in conditions on dates, numbers, truths and addresses",
      kind: "identity",
      broken: identityIf(
        '{"DateLessThan": {"aws:CurrentTime": "${aws:PrincipalTag/until}"}, "NumericLessThan": {"s3:max-keys": "${a:b}"},\n"Bool": {"aws:SecureTransport": "${a:b}"}, "IpAddress": {"aws:SourceIp": "${a:b}"}, "Null": {"aws:username": "${a:b}"}}',
      ),
      said: [
        '3:38-65 policy variables are not allowed in `DateLessThan`, got "${aws:PrincipalTag/until}", allowed: in resources and in conditions on strings and ARNs [GR-22] => write the value itself',
        '3:103-111 policy variables are not allowed in `NumericLessThan`, got "${a:b}", allowed: in resources and in conditions on strings and ARNs [GR-22] => write the value itself',
        '4:33-41 policy variables are not allowed in `Bool`, got "${a:b}", allowed: in resources and in conditions on strings and ARNs [GR-22] => write the value itself',
        '4:74-82 policy variables are not allowed in `IpAddress`, got "${a:b}", allowed: in resources and in conditions on strings and ARNs [GR-22] => write the value itself',
        '4:110-118 policy variables are not allowed in `Null`, got "${a:b}", allowed: in resources and in conditions on strings and ARNs [GR-22] => write the value itself',
      ],
      clean: identityIf('{"StringEquals": {"s3:prefix": "${aws:username}"}}'),
    },
    {
      name: "a variable with several values",
      kind: "identity",
      broken: on('["*", "arn:aws:s3:::bucket/${aws:PrincipalOrgPaths}"]'),
      said: [
        "3:7-53 the policy variable `${aws:PrincipalOrgPaths}` has several values in a request, allowed: variables with one value [GR-22] => compare `aws:PrincipalOrgPaths` in a condition with `ForAnyValue:`",
      ],
      clean: on('["*", "arn:aws:s3:::bucket/${aws:PrincipalOrgID}"]'),
    },
    {
      name: "in a condition key",
      kind: "identity",
      broken: identityIf('{"StringEquals": {"aws:ResourceTag/${aws:username}": "a"}}'),
      said: [
        "3:19-52 policy variables are not allowed in condition keys, got `aws:ResourceTag/${aws:username}`, allowed: in values [GR-22]",
      ],
      clean: identityIf('{"StringEquals": {"aws:ResourceTag/Cost Center": "a"}}'),
    },
  ],
  "GR-24": [
    {
      name: "both truths",
      kind: "trust",
      broken: trustIf('{"Bool": {"aws:MultiFactorAuthPresent": ["true", "false"]}}'),
      said: [
        "3:41-58 `Bool` takes a single `true` or `false` for `aws:MultiFactorAuthPresent`, got a list of 2 [GR-24] => write one of them",
      ],
      clean: trustIf('{"Bool": {"aws:MultiFactorAuthPresent": ["true"]}}'),
    },
    {
      name: "another word",
      kind: "trust",
      broken: trustIf(
        '{"BoolIfExists": {"aws:SecureTransport": "True"}, "Null": {"aws:TokenIssueTime": "no"}}',
      ),
      said: [
        '3:42-48 warning: `BoolIfExists` takes `true` or `false`, got "True" [GR-24] => write "true"',
        '3:82-86 `Null` takes `true` or `false`, got "no" [GR-24]',
      ],
      clean: trustIf(
        '{"BoolIfExists": {"aws:SecureTransport": "true"}, "Null": {"aws:TokenIssueTime": "{{fresh}}"}}',
      ),
    },
  ],
  "GR-25": [
    {
      name: "no date",
      kind: "trust",
      broken: trustIf('{"DateLessThan": {"aws:CurrentTime": "31.12.2030"}}'),
      said: [
        '3:38-50 `DateLessThan` takes dates such as `2030-12-31T23:59:59Z`, got "31.12.2030" [GR-25]',
      ],
      clean: trustIf('{"DateLessThan": {"aws:CurrentTime": "2030-12-31T23:59:59Z"}}'),
    },
    {
      name: "a day that does not exist, and a wildcard",
      kind: "trust",
      broken: trustIf(
        '{"DateGreaterThan": {"aws:CurrentTime": ["2030-02-30T00:00:00Z", "2030-*"]}}',
      ),
      said: [
        '3:42-64 `DateGreaterThan` takes dates such as `2030-12-31T23:59:59Z`, got "2030-02-30T00:00:00Z" [GR-25]',
        '3:66-74 `DateGreaterThan` takes dates such as `2030-12-31T23:59:59Z`, got "2030-*" [GR-25]',
      ],
      clean: trustIf('{"DateGreaterThan": {"aws:CurrentTime": ["2028-02-29", "{{until}}"]}}'),
    },
    {
      name: "seconds since 1970",
      kind: "trust",
      broken: trustIf('{"DateLessThan": {"aws:CurrentTime": "1924991999"}}'),
      said: [
        '3:38-50 warning: `DateLessThan` takes dates such as `2030-12-31T23:59:59Z`, got seconds since 1970, "1924991999" [GR-25] => write "2030-12-31T23:59:59Z"',
      ],
      clean: trustIf('{"DateLessThan": {"aws:EpochTime": "1924991999"}}'),
    },
  ],
  "GR-26": [
    {
      name: "no address",
      kind: "trust",
      broken: trustIf('{"IpAddress": {"aws:SourceIp": ["203.0.113.0/33"]}}'),
      said: [
        '3:33-49 `IpAddress` takes addresses and ranges, got "203.0.113.0/33" [GR-26] => write an address such as 203.0.113.7, or a range such as 203.0.113.0/24',
      ],
      clean: trustIf(
        '{"IpAddress": {"aws:SourceIp": ["203.0.113.0/32", "203.0.113.7", "2001:db8::/32"]}}',
      ),
    },
    {
      name: "private addresses",
      kind: "trust",
      broken: trustIf('{"NotIpAddress": {"aws:SourceIp": ["10.1.2.0/24", "fd00::1"]}}'),
      said: [
        '3:36-49 `aws:SourceIp` is the public address of the caller and never matches a private one, got "10.1.2.0/24" [GR-26] => write the public address that calls leave from, or use `aws:VpcSourceIp` with `aws:SourceVpc`',
        '3:51-60 `aws:SourceIp` is the public address of the caller and never matches a private one, got "fd00::1" [GR-26] => write the public address that calls leave from, or use `aws:VpcSourceIp` with `aws:SourceVpc`',
      ],
      clean: trustIf(
        '{"NotIpAddress": {"aws:VpcSourceIp": ["10.1.2.0/24"], "aws:SourceIp": "{{office}}"}}',
      ),
    },
    {
      name: "a range that is private in part, the rest is not refused",
      kind: "trust",
      broken: trustIf('{"IpAddress": {"aws:SourceIp": "172.16.0.0/12"}}'),
      said: [
        '3:32-47 `aws:SourceIp` is the public address of the caller and never matches a private one, got "172.16.0.0/12" [GR-26] => write the public address that calls leave from, or use `aws:VpcSourceIp` with `aws:SourceVpc`',
      ],
      clean: trustIf('{"IpAddress": {"aws:SourceIp": "172.0.0.0/8"}}'),
    },
  ],
  "GR-27": [
    {
      name: "no ARN",
      kind: "identity",
      broken: on('"bucket/*"'),
      said: [
        '3:1-11 a resource must be `*` or an ARN of six fields, got "bucket/*" [GR-27] => write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE',
      ],
      clean: on('"{{bucket.arn}}/*"'),
    },
    {
      name: "five fields",
      kind: "identity",
      broken: on('["arn:aws:s3::bucket"]'),
      said: [
        '3:2-22 a resource must be `*` or an ARN of six fields, got 5 in "arn:aws:s3::bucket" [GR-27] => write arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE',
      ],
      clean: on('["arn:aws:s3:::bucket"]'),
    },
    {
      name: "an unknown partition",
      kind: "identity",
      broken: on('"arn:aws-gov:s3:::bucket"'),
      said: [
        '3:1-26 unknown partition in "arn:aws-gov:s3:::bucket", allowed: `aws`, `aws-cn`, `aws-eusc`, `aws-iso`, `aws-iso-b`, `aws-iso-e`, `aws-iso-f`, `aws-us-gov` [GR-27] => did you mean `aws-us-gov`?',
      ],
      clean: on(
        '["arn:aws-us-gov:s3:::bucket", "arn:*:s3:::bucket", "arn:{{partition}}:s3:::bucket"]',
      ),
    },
    {
      name: "services by wildcard",
      kind: "boundary",
      broken: on('"arn:aws:*:eu-central-1:111111111111:*"'),
      said: [
        '3:1-40 the service of an ARN must be written in full, got "*" in "arn:aws:*:eu-central-1:111111111111:*" [GR-27]',
      ],
      clean: on('"arn:aws:ec2:*:111111111111:*"'),
    },
    {
      name: "a Region in an ARN of IAM",
      kind: "identity",
      broken: identity(
        '"Action": "iam:GetRole", "NotResource": "arn:aws:iam:us-east-1:111111111111:role/a"',
      ),
      said: [
        '2:61-104 an ARN of IAM has no Region, got "us-east-1" in "arn:aws:iam:us-east-1:111111111111:role/a" [GR-27] => write "arn:aws:iam::111111111111:role/a"',
      ],
      clean: identity('"Action": "iam:GetRole", "NotResource": "arn:aws:iam::111111111111:role/a"'),
    },
  ],
  "ID-01": [
    {
      name: "an account id of 11 digits in an ARN",
      kind: "identity",
      broken: on('"arn:aws:iam::11111111111:role/a"'),
      said: [
        '3:1-34 an account ID must be 12 digits, got 11 in "arn:aws:iam::11111111111:role/a" [ID-01]',
      ],
      clean: on(
        '["arn:aws:iam::111111111111:role/a", "arn:aws:iam::*:role/a", "arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::{{account.id}}:role/a"]',
      ),
    },
  ],
  "TR-20": [
    {
      name: "a role by its unique id",
      kind: "trust",
      broken: trusting('{"AWS": ["111111111111", "AROAEXAMPLE1234567890"]}'),
      said: [
        '3:26-49 a principal must be named by its ARN, got the unique ID "AROAEXAMPLE1234567890" [TR-20] => write the ARN; IAM shows such an ID if the role or user was deleted',
      ],
      clean: trustIf('{"StringLike": {"aws:userid": "AROAEXAMPLE1234567890:*"}}'),
    },
  ],
  "action-name": [
    {
      name: "no service",
      kind: "identity",
      broken: identity('"Action": ["s3:GetObject", "GetObject"], "Resource": "*"'),
      said: [
        '2:48-59 an action must be `*` or a service prefix, a colon and a name such as `s3:GetObject`, got "GetObject" [action-name]',
      ],
      clean: identity(
        '"Action": ["s3:Get*", "*", "*:*", "{{service}}:Get*", "rds-db:connect"], "Resource": "*"',
      ),
    },
    {
      name: "services by wildcard",
      kind: "boundary",
      broken: identity('"NotAction": "s3*:GetObject", "Resource": "*"'),
      said: [
        '2:34-49 an action must be `*` or a service prefix, a colon and a name such as `s3:GetObject`, got "s3*:GetObject" [action-name]',
      ],
      clean: identity('"NotAction": "s3:G?tObject", "Resource": "*"'),
    },
  ],
  "condition-key": [
    {
      name: "no prefix",
      kind: "trust",
      broken: trustIf('{"StringEquals": {"PrincipalOrgID": "o-exampleorg1"}}'),
      said: [
        "3:19-35 a condition key must be a prefix, a colon and a name such as `aws:PrincipalOrgID`, got `PrincipalOrgID` [condition-key] => write `aws:PrincipalOrgID`",
      ],
      clean: trustIf('{"StringEquals": {"aws:PrincipalOrgID": "o-exampleorg1"}}'),
    },
    {
      name: "a parameter",
      kind: "trust",
      broken: trustIf('{"StringEquals": {"aws:PrincipalTag/{{tag}}": "a"}}'),
      said: [
        "3:19-45 parameters are filled into values, not into condition keys, got `aws:PrincipalTag/{{tag}}` [condition-key]",
      ],
      clean: trustIf('{"StringEquals": {"aws:PrincipalTag/team": "{{team}}"}}'),
    },
  ],
};

describe.each(Object.entries(CASES))("%s", (rule, cases) => {
  test.each(cases)("finds: $name", ({ kind, broken, said }) => {
    const findings = check(broken, kind);
    expect(say(findings)).toEqual(said);
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    expect(new Set(findings.map((finding) => finding.file))).toEqual(new Set([FILE]));
  });

  test.each(cases)("leaves alone what is close to: $name", ({ kind, clean }) => {
    expect(say(check(clean, kind))).toEqual([]);
  });
});

describe("a document as a whole", () => {
  test.each(Object.entries(managedPolicyDocuments().entries))(
    "AWS's own %s is not refused",
    (_name, { document }) => {
      expect(say(check(JSON.stringify(document), "identity"))).toEqual([]);
      expect(say(check(JSON.stringify(document), "boundary"))).toEqual([]);
    },
  );

  test("has all its findings reported at once, in the order of the file", () => {
    const text = documentOf(
      `{"Effect": "allow", ${READS}}`,
      `{"Effect": "Allow", "Action": "GetObject", "Resource": "bucket"}`,
    ).replace("2012-10-17", "2012");
    expect(check(text, "identity").map(({ rule }) => rule)).toEqual([
      "GR-01",
      "GR-03",
      "action-name",
      "GR-27",
    ]);
  });

  test("has no finding about a statement of wrong types but that", () => {
    const text = documentOf('{"Effect": 1, "Action": []}', `{"Effect": "deny", ${READS}}`);
    expect(check(text, "identity").map(({ rule, span }) => [rule, span?.start.line])).toEqual([
      ["value", 2],
      ["GR-03", 3],
    ]);
  });

  test("may have a single statement, which is checked like one of a list", () => {
    const text = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow",\n"Action": "x"}}';
    expect(check(text, "identity").map(({ rule, span }) => [rule, span?.start])).toEqual([
      ["GR-04", { line: 1, column: 40 }],
      ["action-name", { line: 2, column: 11 }],
    ]);
  });
});

describe("hostile input ends in findings, and soon", () => {
  function checkFast(text: string, kind: PolicyKind): readonly Diagnostic[] {
    let findings: readonly Diagnostic[] = [];
    // A tenth of it where nothing else runs; what grows with the square takes minutes.
    expect(cpuMilliseconds(() => (findings = check(text, kind)))).toBeLessThan(5000);
    return findings;
  }

  test("10,000 broken statements", () => {
    const text = documentOf(...Array.from({ length: 10_000 }, () => '{"Sid":"a"}'));
    const findings = checkFast(text, "identity");
    expect(findings).toHaveLength(3 * 10_000 + 9_999);
  });

  test("thousands of unknown operators", () => {
    const operators = Array.from(
      { length: 4_000 },
      (_, index) => `"StringEqual${index}":{"a:b":"c"}`,
    );
    const findings = checkFast(trustIf(`{${operators.join(",")}}`), "trust");
    expect(findings.filter(({ rule }) => rule === "GR-15")).toHaveLength(4_000);
  });

  test.each<[string, string]>([
    ["an element", identity(`${READS}, "${"x".repeat(120_000)}": 1`)],
    ["an action", identity(`"Action": "${"s3*".repeat(40_000)}", "Resource": "*"`)],
    ["a resource", on(`"${"arn:\u0024{".repeat(15_000)}"`)],
    ["a resource of parameters", on(`"arn:{{${" ".repeat(60_000)}:{{${"a".repeat(60_000)}"`)],
    ["a condition key", identityIf(`{"StringEquals": {"${"{{a".repeat(40_000)}": "b"}}`)],
    ["an operator", identityIf(`{"${"ForAnyValue:".repeat(10_000)}": {"a:b": "c"}}`)],
    ["a date", identityIf(`{"DateEquals": {"a:b": "${"9".repeat(120_000)}"}}`)],
    ["an address", identityIf(`{"IpAddress": {"aws:SourceIp": "${":".repeat(120_000)}"}}`)],
    ["a variable", identityIf(`{"StringEquals": {"a:b": "*${"${a".repeat(40_000)}"}}`)],
  ])("%s of more than 100,000 characters, cut in the message", (_what, text) => {
    const findings = checkFast(text, "identity");
    expect(findings.length).toBeGreaterThan(0);
    expect(Math.max(...findings.map(({ message }) => message.length))).toBeLessThan(1200);
  });

  test("a principal of more than 100,000 characters", () => {
    const name = `arn:aws:sts::111111111111:assumed-role/${"a/".repeat(60_000)}`;
    expect(checkFast(trusting(`{"AWS": "${name}"}`), "trust").map(({ rule }) => rule)).toEqual([
      "GR-08",
    ]);
  });

  test("no JSON makes it throw", () => {
    const key = fc.constantFrom(
      "Version",
      "Statement",
      "Effect",
      "Principal",
      "AWS",
      "Federated",
      "Action",
      "NotAction",
      "Resource",
      "Condition",
      "StringEquals",
      "Null",
      "ForAllValues:StringLike",
      "aws:TagKeys",
      "x",
    );
    const text = fc.constantFrom(
      "*",
      "Allow",
      "2012-10-17",
      "arn:aws:iam::111111111111:root",
      "sts:AssumeRole",
      "${aws:username}",
      "{{a}}",
      "",
      "10.0.0.0/8",
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        text,
        fc.integer(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      ),
    }));
    const statement = fc.dictionary(key, value, { maxKeys: 6 });
    const document = fc.record({ Version: text, Statement: fc.array(statement, { maxLength: 3 }) });
    fc.assert(
      fc.property(document, fc.constantFrom<PolicyKind>("trust", "identity"), (candidate, kind) => {
        const findings = check(JSON.stringify(candidate), kind);
        expect(findings.every(({ span }) => span !== undefined)).toBe(true);
      }),
    );
  });
});
