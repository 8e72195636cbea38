import type { Severity } from "../../diagnostics/severity";
import type { CatalogueEntry, Section } from "../rule";
import { terraformEntry } from "../terraform/terraform-rule";
import { templateEscapes } from "./gr-23-template-escapes";
import type { RuleId } from "../../diagnostics/findings/finding-id";

const GRAMMAR = "IAM User Guide, reference_policies_grammar";
const OPERATORS = "IAM User Guide, reference_policies_elements_condition_operators";
const PRINCIPAL = "IAM User Guide, reference_policies_elements_principal";
const KEYS = "IAM User Guide, reference_policies_condition-keys";

export const DOCUMENTS: Section = {
  title: "Grammar of documents",
  entries: [
    grammar("GR-01", {
      summary: "a document has the version `2012-10-17`, above all if it has policy variables",
      why: "In the older version, and without one, `${...}` is plain text: a condition with a policy variable silently never holds, or always.",
      source: "IAM User Guide, reference_policies_elements_version",
    }),
    grammar("GR-02", {
      summary: "a document has `Version` and `Statement`, and `Id` only in trust policies",
      why: "IAM rejects every other key with MalformedPolicyDocument.",
      source: GRAMMAR,
    }),
    grammar("GR-03", {
      summary: "a statement has the effect `Allow` or `Deny`, and either `Action` or `NotAction`",
      why: "IAM rejects anything else; case counts in the effect.",
      source: GRAMMAR,
    }),
    grammar("GR-04", {
      summary:
        "a statement of an identity policy has either `Resource` or `NotResource`, and no principal",
      why: "The policy's user or role is its principal; IAM rejects the document otherwise.",
      source: GRAMMAR,
    }),
    grammar("GR-05", {
      summary:
        "a statement of a trust policy has a `Principal`, and neither `NotPrincipal` nor resources",
      why: "The role itself is the resource; IAM rejects the document otherwise.",
      source: 'Access Analyzer, "Role trust policy syntax error"',
    }),
    grammar("GR-06", {
      summary: "a trust policy does not name everyone",
      why: 'IAM rejects a bare `"*"`, and accepts `{"AWS": "*"}`, which allows every AWS account unless a condition limits it to an organization or an account.',
      source: "aws/aws-cdk#5732; Access Analyzer",
    }),
    grammar("GR-07", {
      summary: "the ARN of a principal has no wildcard in it",
      why: 'IAM rejects it; `Federated: "*"` is every provider of the account. A condition on `aws:PrincipalArn` accepts patterns.',
      source: PRINCIPAL,
    }),
    grammar("GR-08", {
      summary: "a principal is of the kind `AWS`, `Federated` or `Service`, and a service is named",
      why: "Groups are not principals, and IAM rejects everything else.",
      source: PRINCIPAL,
    }),
    grammar("GR-09", {
      summary: "no element is an empty list or an empty object",
      why: "A list that came out empty makes a statement that IAM rejects, or one that says nothing. An empty `Condition` tests nothing: a warning.",
      source: 'Access Analyzer, "Empty array"',
    }),
    grammar("GR-10", {
      summary: "each kind of principal has its own statement, with the action that this kind uses",
      why: "A SAML or OIDC provider never calls `sts:AssumeRole`: the statement allows nobody.",
      source: 'Access Analyzer, "Mismatched action for principal"',
    }),
    grammar("GR-11", {
      summary: "a trust policy allows actions of STS by name",
      why: "IAM rejects actions of other services, and `sts:*` is more than anyone intends.",
      source: "IAM User Guide, id_session-tags and id_credentials_temp_control-access_monitor",
    }),
    grammar("GR-12", {
      summary: "a `Sid` has only letters and digits and is unique in its document",
      why: "IAM rejects account names with hyphens as `Sid`, and duplicates.",
      source: "IAM User Guide, reference_policies_elements_sid",
    }),
    grammar("GR-13", {
      summary: "no key appears twice in one object; condition keys ignore case",
      why: "Of two equal keys the last one wins: a condition on the organization is lost silently.",
      source: 'Access Analyzer, "Duplicate keys with different case"',
    }),
    evaluated("GR-14", {
      summary:
        "operators and keys of a condition must all hold, one of the values of a key suffices, and for a negated operator no value must match",
      why: "Alternatives written as two keys in one block must both hold, and never do.",
      source: "IAM User Guide, reference_policies_multi-value-conditions",
      test: "__tests__/lib/iam/condition/evaluate-condition.test.ts",
    }),
    grammar("GR-15", {
      summary: "a condition uses operators that IAM has",
      why: "IAM rejects `StringEqual` and similar.",
      source: OPERATORS,
    }),
    evaluated("GR-16", {
      summary:
        "if a key is missing, an operator does not hold; a negated one does, and so does one with `IfExists`",
      why: "In an Allow, `IfExists` allows everyone who lacks the key; in a Deny, a negated operator already denies them.",
      source: OPERATORS,
      test: "__tests__/lib/iam/condition/evaluate-condition.test.ts",
    }),
    grammar("GR-17", {
      summary:
        "`ForAllValues:` in an Allow has a `Null` condition next to it, and is not used on single-valued keys",
      why: "It also holds if the key is absent: the trust policy is open to callers that lack it.",
      source:
        'IAM User Guide, reference_policies_condition-single-vs-multi-valued-context-keys; Access Analyzer, "ForAllValues with single valued key"',
    }),
    grammar("GR-18", {
      summary:
        "a key with several values has `ForAnyValue:` or `ForAllValues:` in front of its operator",
      why: "Without one of them the condition does not say which of the values must match.",
      source: 'Access Analyzer, "Missing qualifier"',
    }),
    grammar("GR-19", {
      summary: "`*` and `?` are used only with operators that accept patterns",
      why: "`StringEquals` reads them literally, so the condition never holds.",
      source: 'Access Analyzer, "Wildcard without like operator"',
    }),
    grammar("GR-20", {
      summary: "IDs of organizations, accounts, VPCs and endpoints have no wildcards",
      why: "Their only use is to allow others: `o-*` matches every organization.",
      source: `${KEYS}, sensitive condition keys`,
    }),
    evaluated("GR-21", {
      summary: "an ARN matches a pattern field by field, and `*` spans `/` but not `:`",
      why: "`StringLike` on an ARN matches too much, because its `*` crosses the fields.",
      source: OPERATORS,
      test: "__tests__/lib/iam/condition/arn-match.test.ts",
    }),
    grammar("GR-22", {
      summary: "policy variables are used only in resources and in conditions on strings and ARNs",
      why: "Elsewhere IAM reads them as text or rejects them.",
      source: 'Access Analyzer, "Variable unsupported in element"',
    }),
    terraformEntry(templateEscapes),
    grammar("GR-24", {
      summary: "`Bool` and `Null` have a single `true` or `false`",
      why: "`True` is read as `true`, with a warning. Both together always hold, and IAM's own validation refuses them.",
      source: 'Access Analyzer, "Invalid condition multiple Boolean"',
    }),
    grammar("GR-25", {
      summary: "a date is written as ISO 8601 in UTC",
      why: "A date that IAM cannot read makes a condition that never holds, or always.",
      source: 'Access Analyzer, "Invalid date value"',
    }),
    grammar("GR-26", {
      summary: "a source address is a public address or range",
      why: "`aws:SourceIp` is never a private address: an Allow allows nobody, and a Deny denies nobody.",
      source: 'Access Analyzer, "Private IP address"',
    }),
    grammar("GR-27", {
      summary:
        "a resource is `*` or an ARN of six fields, with Region and account if its service's ARNs have them",
      why: "IAM rejects the policy, or it names nothing.",
      source:
        "IAM User Guide, reference_policies_elements_resource; Service Authorization Reference, resource types of each service",
    }),
    {
      status: "impossible",
      id: "GR-28",
      summary: "lists in documents are written sorted and without repetitions",
      why: "IAM reorders lists of principals, which would show as a change in every plan.",
      source: "aws-ia/terraform-aws-control_tower_account_factory#36",
      test: "__tests__/lib/rules/impossible/sorted-lists.test.ts",
    },
    grammar(
      "GR-29",
      {
        summary: "an exception leaves something for its statement to apply to",
        why: '`"NotResource": "*"` excepts every resource: an Allow then allows nothing, and a Deny denies nothing.',
        source:
          "IAM User Guide, reference_policies_elements_notresource and reference_policies_elements_notaction",
      },
      "warning",
    ),
    grammar("GR-30", {
      summary: "a resource is of the type that the actions of its statement act on",
      why: "`sts:AssumeRole` acts on roles: on the ARN of a user it allows nothing, whatever was meant.",
      source:
        "Service Authorization Reference, list_awssecuritytokenservice and list_awsidentityandaccessmanagementiam",
    }),
  ],
};

interface Facts {
  readonly summary: string;
  readonly why: string;
  readonly source: string;
}

/** A rule that `policy-grammar.ts` and what it rests on check, in documents and in statements of the map. */
function grammar(id: RuleId, facts: Facts, severity: Severity = "error"): CatalogueEntry {
  return { status: "read", by: "document grammar", severity, id, ...facts };
}

/** A fact about meaning, on which every judgement stands and which a test holds. */
function evaluated(id: RuleId, facts: Facts & { readonly test: string }): CatalogueEntry {
  return { status: "impossible", id, ...facts };
}
