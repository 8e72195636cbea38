import type { PrincipalEntry } from "../../account-map/model/account-map";
import type {
  AccountIdentity,
  PrincipalConditions,
  SessionTag,
} from "../../account-map/model/principal";
import type { Statement } from "../../iam/policy-document";
import { ConditionBuilder } from "./condition-builder";
import { statementId } from "./statement-ids";
import { trustForm } from "./trust-form";
import type { TrustForm } from "./trust-form";

/**
 * The trust statements of one way into a role of the account `home`: one to assume it (two where a
 * source address and a VPC endpoint are alternatives, rule CK-13), and one each to set a source
 * identity and to tag the session, without the external ID (rule TR-18).
 */
export function wayInStatements(wayIn: PrincipalEntry, home: AccountIdentity): Statement[] {
  const form = trustForm(wayIn.principal, home);
  const { conditions } = wayIn;
  const statements: Statement[] = networkAlternatives(conditions).map(({ suffix, network }) => {
    const builder = new ConditionBuilder();
    form.bind(builder);
    network(builder);
    addSessionConditions(builder, conditions);
    return statement(statementId(wayIn.key, suffix), form, form.action, builder);
  });
  if (conditions.sourceIdentity !== undefined || form.settingIdentity !== undefined) {
    const builder = new ConditionBuilder();
    form.bind(builder);
    builder.match("sts:SourceIdentity", conditions.sourceIdentity?.values ?? []);
    const sid = statementId(wayIn.key, "source-identity");
    statements.push(statement(sid, form, "sts:SetSourceIdentity", builder));
  }
  if (conditions.sessionTags.length > 0 || form.tagging !== undefined) {
    const builder = new ConditionBuilder();
    form.bind(builder);
    if (form.tagging === undefined) addTagConditions(builder, conditions.sessionTags);
    statements.push(
      statement(statementId(wayIn.key, "tag-session"), form, "sts:TagSession", builder),
    );
  }
  return statements;
}

function statement(
  sid: string,
  form: TrustForm,
  action: string,
  conditions: ConditionBuilder,
): Statement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: form.principal,
    Action: action,
    ...conditions.build(),
  };
}

interface NetworkAlternative {
  readonly suffix: string;
  readonly network: (conditions: ConditionBuilder) => void;
}

function networkAlternatives({
  sourceIps,
  vpcEndpoints,
}: PrincipalConditions): NetworkAlternative[] {
  const byAddress: NetworkAlternative = {
    suffix: vpcEndpoints.length > 0 ? "from-address" : "",
    network: (conditions) => conditions.add("IpAddress", "aws:SourceIp", sourceIps),
  };
  const byEndpoint: NetworkAlternative = {
    suffix: sourceIps.length > 0 ? "from-endpoint" : "",
    network: (conditions) => conditions.add("StringEquals", "aws:SourceVpce", vpcEndpoints),
  };
  if (vpcEndpoints.length === 0) return [byAddress];
  return sourceIps.length === 0 ? [byEndpoint] : [byAddress, byEndpoint];
}

function addSessionConditions(builder: ConditionBuilder, conditions: PrincipalConditions): void {
  const { mfa, notBefore, notAfter, sourceIdentity, externalIds } = conditions;
  if (mfa !== undefined) builder.add("Bool", "aws:MultiFactorAuthPresent", ["true"]);
  if (typeof mfa === "number") {
    builder.add("NumericLessThan", "aws:MultiFactorAuthAge", [String(mfa)]);
  }
  if (notBefore !== undefined) builder.add("DateGreaterThanEquals", "aws:CurrentTime", [notBefore]);
  if (notAfter !== undefined) builder.add("DateLessThan", "aws:CurrentTime", [notAfter]);
  if (sourceIdentity?.required === true) builder.match("sts:SourceIdentity", sourceIdentity.values);
  builder.add("StringEquals", "sts:ExternalId", externalIds);
}

/** Only the declared keys, and only the declared values of those that have some (rule TR-15b). */
function addTagConditions(builder: ConditionBuilder, tags: readonly SessionTag[]): void {
  const keys = tags.map((tag) => tag.key);
  builder.add("ForAllValues:StringEquals", "aws:TagKeys", keys);
  for (const tag of tags) builder.match(`aws:RequestTag/${tag.key}`, tag.values);
}
