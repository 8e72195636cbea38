/**
 * Condition keys of every request and of STS, without those that end in a name of somebody's choice.
 *
 * Source: IAM User Guide, reference_policies_condition-keys and reference_policies_iam-condition-keys (STS, SAML);
 * Service Authorization Reference, list_awssecuritytokenservice. AWS adds keys: one that is not here may exist.
 */
export const KNOWN_KEYS: readonly string[] = `
  aws:AssumedRoot aws:CalledVia aws:CalledViaFirst aws:CalledViaLast aws:ChatbotSourceArn aws:CurrentTime
  aws:Ec2InstanceSourcePrivateIPv4 aws:Ec2InstanceSourceVpc aws:EpochTime aws:FederatedProvider
  aws:MultiFactorAuthAge aws:MultiFactorAuthPresent aws:PrincipalAccount aws:PrincipalArn
  aws:PrincipalIsAWSService aws:PrincipalOrgID aws:PrincipalOrgPaths aws:PrincipalServiceName
  aws:PrincipalServiceNamesList aws:PrincipalType aws:RequestedRegion aws:ResourceAccount aws:ResourceOrgID
  aws:ResourceOrgPaths aws:SecureTransport aws:SourceAccount aws:SourceArn aws:SourceIdentity aws:SourceIp
  aws:SourceOrgID aws:SourceOrgPaths aws:SourceVpc aws:SourceVpcArn aws:SourceVpce aws:TagKeys
  aws:TokenIssueTime aws:UserAgent aws:ViaAWSService aws:VpcSourceIp aws:VpceAccount aws:VpceOrgID
  aws:VpceOrgPaths aws:referer aws:userid aws:username
  ec2:RoleDelivery ec2:SourceInstanceArn
  SAML:aud SAML:cn SAML:commonName SAML:doc SAML:eduorghomepageuri SAML:eduorgidentityauthnpolicyuri
  SAML:eduorglegalname SAML:eduorgsuperioruri SAML:eduorgwhitepagesuri SAML:edupersonaffiliation
  SAML:edupersonassurance SAML:edupersonentitlement SAML:edupersonnickname SAML:edupersonorgdn
  SAML:edupersonorgunitdn SAML:edupersonprimaryaffiliation SAML:edupersonprimaryorgunitdn
  SAML:edupersonprincipalname SAML:edupersonscopedaffiliation SAML:edupersontargetedid SAML:givenName SAML:iss
  SAML:mail SAML:name SAML:namequalifier SAML:organizationStatus SAML:primaryGroupSID SAML:sub SAML:sub_type
  SAML:surname SAML:uid SAML:x500UniqueIdentifier
  sts:AWSServiceName sts:DurationSeconds sts:ExternalId sts:RequestContextProviders sts:RoleSessionName
  sts:SourceIdentity sts:TransitiveTagKeys
`
  .trim()
  .split(/\s+/);

/** Beginnings of keys that end in the key of a tag, or in another name of somebody's choice. */
export const KEY_PREFIXES: readonly string[] = [
  "aws:PrincipalTag/",
  "aws:RequestTag/",
  "aws:ResourceTag/",
  "iam:ResourceTag/",
  "sts:RequestContext/",
];

/** Whether a condition key is one of those above, in any case. */
export function isKnownKey(key: string): boolean {
  const name = key.toLowerCase();
  return (
    KNOWN.has(name) ||
    KEY_PREFIXES.some(
      (prefix) => name.startsWith(prefix.toLowerCase()) && name.length > prefix.length,
    )
  );
}

const KNOWN: ReadonlySet<string> = new Set(KNOWN_KEYS.map((key) => key.toLowerCase()));
