/**
 * What the prover takes for granted of all requests; printed with every verdict. The rules in brackets are
 * where each comes from.
 */
export const AXIOMS: readonly string[] = [
  "an account of the map is in the organization that the map says; of any other account every organization and none are tried [CK-01]",
  "a caller is a user, a session of a role, an AWS service, a web identity or a SAML identity, and only one of them; an account's root user can assume no role",
  "callers and the role are in the same partition [PT-03]",
  "aws:PrincipalArn of a session is the ARN of its role, with path [CK-07]; aws:PrincipalAccount is the account in it",
  "services and federated callers have no aws:PrincipalOrgID and no external id; federated callers have no aws:PrincipalArn [CK-03, CK-04, TR-19]",
  "only users can have MFA; a session of a role has none [CK-15]",
  "aws:SourceIp is absent exactly where the call came through a VPC endpoint, which brings aws:SourceVpc, aws:SourceVpce and aws:VpcSourceIp [CK-11, CK-12]",
  "aws:SourceArn and its kin come from services alone [CK-10]; claims of an identity provider come with its tokens alone [OI-01]",
  "aws:CurrentTime is always there, in whole seconds, and never before aws:TokenIssueTime [CK-23]",
  "the tags that a call passes are those in aws:TagKeys; a key that several operators test has a value of the type that they expect",
];
