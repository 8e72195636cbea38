import type { PrincipalConditions } from "../../account-map/model/principal";
import { equal, matching, merge } from "./requirement";
import type { Requirement } from "./requirement";

/** One of the ways over the network is enough. */
export function networks({ sourceIps, vpcEndpoints }: PrincipalConditions): Requirement[] {
  const ways: Requirement[] = [];
  if (sourceIps.length > 0) ways.push({ IpAddress: { "aws:SourceIp": sourceIps } });
  if (vpcEndpoints.length > 0) ways.push({ StringEquals: { "aws:SourceVpce": vpcEndpoints } });
  return ways.length === 0 ? [{}] : ways;
}

/** What the conditions of a way in ask of the request, the network aside. */
export function sessionRequirement(conditions: PrincipalConditions): Requirement {
  const { mfa, notBefore, notAfter, sourceIdentity, externalIds } = conditions;
  return merge(
    mfa === undefined ? {} : { Bool: { "aws:MultiFactorAuthPresent": ["true"] } },
    typeof mfa === "number" ? { NumericLessThan: { "aws:MultiFactorAuthAge": [String(mfa)] } } : {},
    notBefore === undefined ? {} : { DateGreaterThanEquals: { "aws:CurrentTime": [notBefore] } },
    notAfter === undefined ? {} : { DateLessThan: { "aws:CurrentTime": [notAfter] } },
    sourceIdentity?.required === true ? matching("sts:SourceIdentity", sourceIdentity.values) : {},
    equal("sts:ExternalId", externalIds),
  );
}
