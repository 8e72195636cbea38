import type { AccountMap } from "../account-map/model/account-map";
import type { AttachedControlPolicy, ControlPolicySet } from "../account-map/model/control-policy";
import type { PolicyDocument } from "../iam/policy-document";

/** The control policies of a map with their documents, by key of the organization. */
export function controlPolicyDocuments(
  { controlPolicies = new Map() }: Pick<AccountMap, "controlPolicies">,
  documents: ReadonlyMap<string, PolicyDocument>,
): ReadonlyMap<string, ControlPolicySet<PolicyDocument>> {
  const withDocument = (
    attached: AttachedControlPolicy<string>,
  ): AttachedControlPolicy<PolicyDocument>[] => {
    const document = documents.get(attached.document);
    return document === undefined ? [] : [{ ...attached, document }];
  };
  return new Map(
    [...controlPolicies].map(([key, { service, resource, fullAccess }]) => [
      key,
      {
        service: service.flatMap(withDocument),
        resource: resource.flatMap(withDocument),
        fullAccess,
      },
    ]),
  );
}
