import { githubCaller } from "../../../../lib/access/callers/github-caller";
import { callerConditions } from "../../../../lib/access/callers/caller-condition";
import type { NamePart } from "../../../../lib/access/callers/name-part";
import { callerLabel } from "../../../../lib/review/words/callers/caller-label";
import { callerWords } from "../../../../lib/review/words/callers/caller-words";
import { conditionWords } from "../../../../lib/review/words/callers/condition-words";
import { plainText, say } from "../../../../lib/review/words/text";

const names = {
  account: (id: string) => say`${id === "111111111111" ? "tools" : id}`,
  value: (text: string) => text,
};

function github(subject?: NamePart): string {
  const caller = githubCaller("p", "token.actions.githubusercontent.com", subject);
  return plainText(callerWords(caller, names));
}

describe("a run of GitHub is named by its subject", () => {
  test.each([
    ["repo:o/r:ref:refs/heads/main", "branch `main` of GitHub repository `o/r`"],
    ["repo:o/r:ref:refs/tags/v1", "tag `v1` of GitHub repository `o/r`"],
    ["repo:o/r:environment:prod", "environment `prod` of GitHub repository `o/r`"],
    ["repo:o/r:pull_request", "any pull request of GitHub repository `o/r`"],
    [
      "repo:o@12/r@34:environment:prod",
      "environment `prod` of GitHub repository `o/r` (IDs `12` and `34`)",
    ],
    ["repo:o/r:job_workflow_ref:x", "runs `job_workflow_ref:x` of GitHub repository `o/r`"],
    ["repository_owner:o", "GitHub runs with subject `repository_owner:o`"],
    // `*` is no wildcard in StringEquals: no token has such a subject.
    ["repo:o/*:pull_request", "GitHub runs with subject `repo:o/*:pull_request`"],
  ])("%s", (subject, text) => {
    expect(github({ equals: subject })).toBe(text);
  });

  test.each([
    ["*", "any run of any GitHub repository"],
    ["repo:*", "any run of any GitHub repository"],
    [
      "repo:o/*",
      "any branch, tag, environment or pull request of any GitHub repository of owner `o`",
    ],
    ["repo:o/r:*", "any branch, tag, environment or pull request of GitHub repository `o/r`"],
    [
      "repo:o/r*",
      "any branch, tag, environment or pull request of any GitHub repository like `o/r*` (subject like `repo:o/r*`)",
    ],
    ["repo:o/*:environment:prod", "environment `prod` of any GitHub repository of owner `o`"],
    [
      "repo:o*/r:pull_request",
      "any pull request of any GitHub repository like `o*/r` (subject like `repo:o*/r:pull_request`)",
    ],
    ["repo:o/r:ref:refs/heads/*", "any branch of GitHub repository `o/r`"],
    ["repo:o/r:ref:refs/heads/release/*", "any branch like `release/*` of GitHub repository `o/r`"],
    ["repo:o/r:environment:*", "any environment of GitHub repository `o/r`"],
    ["repo:o/r:ref:*", "runs like `ref:*` of GitHub repository `o/r`"],
    ["*:pull_request", "GitHub runs with any subject like `*:pull_request`"],
  ])("%s, and says how wide it is", (subject, text) => {
    expect(github({ like: subject })).toBe(text);
  });

  test("and without any it is anyone's", () => {
    expect(github()).toBe("any run of any GitHub repository");
  });
});

describe("a condition in words", () => {
  test.each([
    [{ Bool: { "aws:MultiFactorAuthPresent": "true" } }, "with MFA"],
    [{ Bool: { "aws:MultiFactorAuthPresent": "false" } }, "without MFA"],
    [{ NumericLessThan: { "aws:MultiFactorAuthAge": "900" } }, "with MFA no older than 15m"],
    [
      { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "::1/128"] } },
      "from address `203.0.113.0/24` or `::1/128`",
    ],
    [{ StringEquals: { "aws:SourceVpce": "vpce-1" } }, "through VPC endpoint `vpce-1`"],
    [{ StringEquals: { "aws:SourceVpc": "vpc-1" } }, "from VPC `vpc-1`"],
    [
      { DateLessThan: { "aws:CurrentTime": "2026-12-31T00:00:00Z" } },
      "until `2026-12-31T00:00:00Z`",
    ],
    [
      { DateGreaterThan: { "aws:CurrentTime": "2026-12-01T00:00:00Z" } },
      "from `2026-12-01T00:00:00Z` on",
    ],
    [{ StringLike: { "sts:ExternalId": "team-*" } }, "with external ID like `team-*`"],
    [{ StringEquals: { "sts:SourceIdentity": "ann" } }, "with source identity `ann`"],
    [{ StringEquals: { "sts:RoleSessionName": "ann" } }, "with session name `ann`"],
    [{ StringEquals: { "aws:RequestTag/team": "shop" } }, "with session tag `team` `shop`"],
    [
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] } },
      "with no tag keys except `team`",
    ],
    [{ StringEquals: { "aws:PrincipalTag/team": "shop" } }, "with principal tag `team` `shop`"],
    [
      { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } },
      "in organization `o-exampleorg1`",
    ],
    [
      { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-x/r-y/ou-z/*" } },
      "in OU `o-x/r-y/ou-z/` and below",
    ],
    [{ StringEquals: { "aws:PrincipalAccount": "111111111111" } }, "in account `tools`"],
    [{ StringEquals: { "aws:SourceAccount": "111111111111" } }, "with source account `tools`"],
    [
      { StringEquals: { "aws:SourceOrgID": "o-exampleorg1" } },
      "with source organization `o-exampleorg1`",
    ],
    [{ StringEquals: { "id.example.com:aud": "sts" } }, "for audience `sts`"],
    [{ StringEquals: { "id.example.com:team": "7" } }, "with `team` `7`"],
    [{ StringEquals: { "SAML:eduPersonOrgDN": "x" } }, "with `SAML:eduPersonOrgDN` `x`"],
    [{ Null: { "sts:ExternalId": "true" } }, "without `sts:ExternalId`"],
    [{ Null: { "aws:TokenIssueTime": "false" } }, "with any `aws:TokenIssueTime`"],
    // What has no words is shown as it is written, never left out.
    [{ StringNotLike: { "aws:PrincipalArn": "a" } }, "if `aws:PrincipalArn` `StringNotLike` `a`"],
    [
      { StringEqualsIfExists: { "sts:ExternalId": "a" } },
      "if `sts:ExternalId` `StringEqualsIfExists` `a`",
    ],
    [
      { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } },
      "if `aws:MultiFactorAuthPresent` `BoolIfExists` `true`",
    ],
    [
      { NumericGreaterThan: { "aws:MultiFactorAuthAge": "1" } },
      "if `aws:MultiFactorAuthAge` `NumericGreaterThan` `1`",
    ],
    [{ stringEquals: { "sts:ExternalId": "a" } }, "if `sts:ExternalId` `stringEquals` `a`"],
    [{ StringEquals: { "unknown:Key": ["a", "b"] } }, "if `unknown:Key` `StringEquals` `a` or `b`"],
  ] as const)("%j", (block, text) => {
    expect(callerConditions(block).map((each) => plainText(conditionWords(each, names)))).toEqual([
      text,
    ]);
  });
});

test("the label of a repository keeps owner and name apart from the run", () => {
  const caller = githubCaller("p", "token.actions.githubusercontent.com", {
    equals: "repo:some-long-owner/a-repository-with-a-long-name:ref:refs/heads/main",
  });
  expect(callerLabel(caller, names)).toEqual({
    name: "some-long-owner/a-repository-with-a-long-name",
    detail: "GitHub, branch main",
  });
});
