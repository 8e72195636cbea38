import { servicePrincipal, shortServiceName } from "../../iam/services/service-principal";
import { matchesAction } from "../../iam/condition/action-match";
import type { TrustConditions } from "./trust-conditions";
import type { TrustScope, ExistingPrincipalBase } from "./existing-principal";

/** The principal entry of an AWS service: instances, pods, holders of certificates, or the service itself. */
export function serviceWay(
  service: string,
  conditions: TrustConditions,
  { role, home }: TrustScope,
  actions: readonly string[],
): ExistingPrincipalBase | { readonly problem: string } {
  const { others, requestTags } = conditions;
  const is = (name: string): boolean => service === servicePrincipal(name, home.partition);
  const tagging = actions.some((action) => matchesAction(action, "sts:TagSession"));
  if (is("pods.eks")) {
    const field = (tag: string, key: string): Readonly<Record<string, string>> => {
      const [value] = requestTags[tag] ?? [];
      return value === undefined ? {} : { [key]: value };
    };
    const pods = {
      ...field("eks-cluster-arn", "cluster"),
      ...field("kubernetes-namespace", "namespace"),
      ...field("kubernetes-service-account", "serviceAccount"),
    };
    return { words: "pods", principal: { podIdentity: pods }, granted: false };
  }
  const valueOf = (key: string): readonly string[] | undefined =>
    Object.entries(others).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  const sources = valueOf("aws:SourceArn");
  if (is("rolesanywhere") && sources?.[0] !== undefined) {
    const names = valueOf("aws:PrincipalTag/x509Subject/CN");
    const units = valueOf("aws:PrincipalTag/x509Subject/OU");
    return {
      words: "certificates",
      principal: {
        rolesAnywhere: {
          trustAnchor: sources[0],
          ...(names === undefined ? {} : { commonName: names }),
          ...(units === undefined ? {} : { organizationalUnit: units }),
        },
      },
      granted: false,
    };
  }
  const [profile, second] = role.instanceProfiles;
  if (is("ec2") && profile !== undefined && second === undefined && !tagging) {
    const name = profile.name === role.name ? {} : { name: profile.name };
    return { words: "instances", principal: { instanceProfile: name }, granted: false };
  }
  const account = valueOf("aws:SourceAccount");
  return {
    words: shortServiceName(service),
    principal: {
      service: {
        name: service.replace(/\.amazonaws\.com$/, ""),
        ...(sources === undefined ? {} : { sourceArn: sources }),
        ...(account === undefined ? {} : { sourceAccount: true }),
      },
    },
    granted: false,
  };
}
